import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@assay/quant';
import { call } from '../fixtures/in-process';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-universe-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const DAYS = Array.from({ length: 120 }, (_, k) => new Date(Date.UTC(2024, 0, 1 + k)).toISOString().slice(0, 10));
const SYMBOLS = ['AAA', 'BBB', 'CCC', 'DDD'];

function rowsOf(symbol: string): string[] {
  const rng = createRng(symbol);
  let price = 100;
  // DDD is listed late
  return DAYS.slice(symbol === 'DDD' ? 30 : 0).map((date) => {
    const open = price;
    price *= Math.exp(0.02 * rng.normal());
    return `${date},${open},${Math.max(open, price)},${Math.min(open, price)},${price},1000`;
  });
}

const document = (change: object = {}): object => ({
  kind: 'universe',
  trading_period: 365,
  market: 'CRYPTO',
  universe: SYMBOLS,
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 10 } }],
  portfolio: {
    kind: 'ranked',
    score: 'mom',
    select: { kind: 'top', k: 2 },
    weighting: { kind: 'equal' },
    rebalance: { kind: 'weekly', session: 'last' },
  },
  ...change,
});

const HEADER = 'date,open,high,low,close,volume';

function written(name: string, change: object = {}): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(document(change)));
  return path;
}

function barsFolder(): string {
  const path = join(folder, 'bars');
  mkdirSync(path, { recursive: true });
  for (const symbol of [...SYMBOLS, 'OTHER'])
    writeFileSync(join(path, `${symbol}.csv`), `${[HEADER, ...rowsOf(symbol)].join('\n')}\n`);
  return path;
}

function barsFile(quote = ''): string {
  const path = join(folder, `all${quote === '' ? '' : '-quoted'}.csv`);
  const rows = DAYS.flatMap((date) =>
    SYMBOLS.flatMap((symbol) =>
      rowsOf(symbol)
        .filter((row) => row.startsWith(date))
        .map((row) => row.replace(',', `,${quote}${symbol}${quote},`)),
    ),
  );
  writeFileSync(path, `${[HEADER.replace(',', ',symbol,'), ...rows].join('\n')}\n`);
  return path;
}

interface Result {
  metrics: { total_return: number; sharpe_ratio: number };
  benchmark_metrics?: { total_return: number };
  contributions: {
    symbol: string;
    contribution: number;
    pnl: number;
    costs: number;
    price?: number;
    fx?: number;
    bars_missing: number;
  }[];
  absences: unknown[];
  trades: { symbol: string; entry_time: string }[];
  decisions: { time: string; weights: Record<string, number> }[];
  intervals?: { items: { metric: string; value: number | null; why: string | null }[] };
  warnings: { code: string }[];
  costs: Record<'fees' | 'slippage' | 'total', number>;
  fx?: { price: number; fx: number; written_off: number };
  accounting: { mode: string; capital: number; fx?: object };
}

const result = async (...flags: string[]): Promise<Result> => {
  const { code, out, err } = await call('backtest', '--strategy', written('u'), ...flags, '--json');
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Result;
};

describe('backtest of a universe', () => {
  it('reads a folder with a file a symbol, and says what adds up and who was absent', async () => {
    const made = await result('--bars', barsFolder(), '--score-from', '0', '--capital', '1000');
    const total = made.contributions.reduce((sum, { contribution }) => sum + contribution, 0);
    expect(total).toBeCloseTo(made.metrics.total_return, 10);
    expect(
      made.contributions.map(({ pnl, contribution }) => pnl / contribution).filter((x) => !Number.isNaN(x))[0],
    ).toBeCloseTo(1000, 6);
    expect(made.absences).toEqual([
      { symbol: 'DDD', from: '2024-01-01T00:00:00.000Z', to: '2024-01-30T00:00:00.000Z', bars: 30 },
    ]);
    expect(made.warnings.map(({ code }) => code)).toContain('symbols_absent');
    expect(made.accounting).toMatchObject({ mode: 'weight', capital: 1000 });
    for (const { time, weights } of made.decisions) {
      expect(new Date(time).getUTCDay()).toBe(0);
      expect(Object.values(weights)).toEqual([0.5, 0.5]);
    }
  });

  it('reads one file of all symbols, plain or with quotes, to the same result', async () => {
    const of = async (path: string) => ({ ...(await result('--bars', path)) });
    const whole = await of(barsFolder());
    expect(await of(barsFile())).toEqual(whole);
    expect(await of(barsFile('"'))).toEqual(whole);
  });

  it('gives the same in both engines, and takes its own mode and costs unless told', async () => {
    const bars = barsFolder();
    const [a, b] = [await result('--bars', bars), await result('--bars', bars, '--engine', 'event')];
    expect(a.metrics.total_return).toBeCloseTo(b.metrics.total_return, 9);
    expect(a.trades).toHaveLength(b.trades.length);
    const dear = await result('--bars', bars, '--fee-bps', '50', '--mode', 'all_in');
    expect(dear.accounting).toMatchObject({ mode: 'all_in', fee_bps: 50 });
    expect(dear.metrics.total_return).toBeLessThan(a.metrics.total_return);
  });

  it('is told against a file and above a rate, as one symbol is', async () => {
    const bars = barsFolder();
    const asked = ['--benchmark', join(bars, 'OTHER.csv'), '--risk-free', '0.03'];
    const [plain, made] = [await result('--bars', bars), await result('--bars', bars, ...asked)];
    const rows = rowsOf('OTHER').map((row) => Number(row.split(',')[4]));
    // scored from the bar after the lookback of 10 on
    expect(made.benchmark_metrics!.total_return).toBeCloseTo(rows.at(-1)! / rows[9] - 1, 10);
    expect(made.metrics.total_return).toBe(plain.metrics.total_return);
    expect(made.metrics.sharpe_ratio).toBeLessThan(plain.metrics.sharpe_ratio);
    expect(plain.benchmark_metrics).toBeUndefined();
    const { out } = await call('backtest', '--strategy', written('u'), '--bars', bars, ...asked);
    expect(out).toMatch(/^metric +unit +strategy +all members alike +benchmark$/m);
  });

  it('is run in the currency of an account, by the rates of each currency', async () => {
    const bars = barsFolder();
    const rates = (name: string, start: number): string => {
      const path = join(folder, `${name}.csv`);
      const days = ['2023-12-30', '2023-12-31', ...DAYS];
      writeFileSync(path, `date,close\n${days.map((date, k) => `${date},${start + k / 1000}`).join('\n')}\n`);
      return path;
    };
    const [usd, hkd] = [rates('eurusd', 1.1), rates('eurhkd', 8.5)];
    const members = SYMBOLS.map((symbol, k) => ({ symbol, currency: ['USD', 'EUR', 'HKD', 'USD'][k] }));
    const strategy = written('currencies', { universe: members });
    const inEuro = ['--fx-invert', '--account-currency', 'EUR'];
    const made = async (...flags: string[]) => {
      const { code, out, err } = await call('backtest', '--strategy', strategy, '--bars', bars, ...flags, '--json');
      return code === 0 ? (JSON.parse(out) as Result) : err;
    };
    const both = ['--fx-rates', `USD=${usd}`, '--fx-rates', `HKD=${hkd}`];
    const [plain, own] = [(await made()) as Result, (await made(...both, ...inEuro)) as Result];
    expect(own.accounting.fx).toEqual({
      ...{ files: { USD: usd, HKD: hkd }, invert: true, max_age_days: 5, account_currency: 'EUR' },
    });
    // the euro rises all the while, so what is held in other currencies loses by it
    expect(own.fx!.fx).toBeLessThan(-1e-4);
    expect(own.contributions.find(({ symbol }) => symbol === 'BBB')!.fx).toBe(0);
    for (const { price, fx, costs, contribution } of own.contributions)
      expect(price! + fx! - costs).toBeCloseTo(contribution, 12);
    const paid = own.contributions.reduce((sum, { costs }) => sum + costs, 0);
    expect(own.fx!.price + own.fx!.fx + own.fx!.written_off - paid).toBeCloseTo(own.metrics.total_return, 9);
    expect(own.decisions).toEqual(plain.decisions);
    expect(plain.fx).toBeUndefined();
    const one = (await made('--fx', usd, '--fx-invert')) as unknown as string;
    expect(one).toContain('must be of one currency, had members in USD (AAA) and in EUR (BBB)');
    expect(await made('--fx-rates', `USD=${usd}`, ...inEuro)).toContain(
      'must have rates of HKD, which CCC is quoted in',
    );
    expect(await made('--fx-rates', `USD=${usd}`)).toContain('--account-currency is required by --fx-rates\n');
    const { out } = await call('backtest', '--strategy', strategy, '--bars', bars, ...both, ...inEuro);
    expect(out).toMatch(/^in the account's currency: .* of prices, .* of rates, before costs$/m);
  });

  it('is charged more than basis points where it is all in, by kind', async () => {
    const costs = ['--per-share', '0.01', '--minimum-fee', '2', '--impact', 'linear:30', '--fee-bps', '0'];
    const flags = ['--bars', barsFolder(), '--mode', 'all_in', '--capital', '10000', ...costs];
    const [a, b] = [await result(...flags), await result(...flags, '--engine', 'event')];
    expect(a.metrics.total_return).toBeCloseTo(b.metrics.total_return, 9);
    expect(a.accounting).toMatchObject({ per_share: 0.01, minimum_fee: 2, impact: { kind: 'linear' }, fee_bps: 0 });
    const { fees, slippage, total } = a.costs;
    expect(Math.min(fees, slippage)).toBeGreaterThan(0);
    expect(fees + slippage).toBeCloseTo(total, 12);
    expect(a.contributions.reduce((sum, one) => sum + one.costs, 0)).toBeCloseTo(total, 12);
    const { out } = await call('backtest', '--strategy', written('u'), ...flags);
    expect(out).toMatch(/^costs .* % of the starting equity \(fees .* %, slippage .* %\)$/m);
  });

  it('has intervals around its own figures, the turnover of all symbols among them', async () => {
    const made = await result('--bars', barsFolder(), '--intervals', 'percentile', '--resamples', '100');
    const { items } = made.intervals!;
    expect(Object.fromEntries(items.map(({ metric, value }) => [metric, value]))).toEqual(made.metrics);
    expect(items.find(({ metric }) => metric === 'volatility')).toMatchObject({ why: null });
  });

  it('shows tables for people', async () => {
    const { out, err } = await call('backtest', '--strategy', written('u'), '--bars', barsFolder());
    expect(err).toContain('1 file is of no symbol of the universe');
    expect(out).toMatch(/^metric +unit +strategy +all members alike$/m);
    expect(out).toContain('contributions, by symbol: they add up to total_return');
    expect(out).toMatch(/^DDD +2024-01-11 +2024-01-30 +20$/m);
    expect(out).toMatch(/^total +/m);
  });

  it.each<[string, string[], string]>([
    ['a folder of others', ['--bars', '.'], 'must have bars of a symbol of the universe (AAA, BBB, CCC, ...)'],
    ['--symbol', ['--symbol', 'AAA'], '--symbol has no effect here: the document names the symbols'],
    ['--artifact', ['--artifact', 'model.json'], '--artifact has no effect here: a universe has no model'],
    ...[
      ...['--per-share 0.01', '--fixed-fee 1', '--minimum-fee 1', '--impact linear:50'],
      ...['--borrow-bps-per-year 300', '--funding-column rate'],
    ].map((words): [string, string[], string] => {
      const [flag] = words.split(' ');
      return [`${flag} in mode weight`, words.split(' '), `${flag} must be used with mode all_in for a universe`];
    }),
    [
      '--minimum-fee without a capital',
      ['--minimum-fee', '1', '--mode', 'all_in'],
      '--minimum-fee must be used with capital, which says how large an order is',
    ],
    [
      '--funding-column without its column',
      ['--funding-column', 'rate', '--mode', 'all_in'],
      '--funding-column must have rates of every symbol, the bars of AAA have no such column: rate',
    ],
    [
      '--mode fixed_qty',
      ['--mode', 'fixed_qty', '--capital', '1', '--qty', '1'],
      '--mode must be weight or all_in for a universe',
    ],
    ['another market', ['--market', 'US'], '--market must be CRYPTO, as the strategy states, was US'],
    ['nothing to score', ['--start', '2030-01-01'], '--start: the scored range must hold at least one bar'],
  ])('refuses %s', async (_, flags, message) => {
    const bars = flags.includes('--bars') ? [] : ['--bars', barsFolder()];
    const { code, err } = await call('backtest', '--strategy', written('u'), ...bars, ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('names what is wrong with the document', async () => {
    const bad = written('bad', { universe: ['AAA', 'AAA'], colour: 'red' });
    const { code, err } = await call('backtest', '--strategy', bad, '--bars', barsFolder());
    expect(code).toBe(2);
    expect(err).toContain('--strategy: colour is not a known field');
  });

  it('refuses a capital where another kind of strategy has no use for it', async () => {
    const strategy = join(__dirname, '../../../../docs/examples/strategy.json');
    const bars = join(barsFolder(), 'AAA.csv');
    const { code, err } = await call('backtest', '--strategy', strategy, '--bars', bars, '--capital', '5');
    expect([code, err]).toEqual([
      2,
      '--capital has no effect here: in mode weight no cost asks how large an order is\n',
    ]);
  });
});
