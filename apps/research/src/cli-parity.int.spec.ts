import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../../cli/src/fixtures/in-process';
import {
  backtest,
  importMarket,
  randomMarketCsv,
  seedRuleStrategy,
  type ResearchClient,
} from '../test/research-harness';
import { useResearch } from '../test/use-research';

const MARKET = { bars: 700, seed: 3 };

describe('one request to the command line and to the service', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-parity-'));
  const path = (name: string): string => join(directory, name);
  const research = useResearch();
  let api: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'SAME', MARKET);
    writeFileSync(path('bars.csv'), randomMarketCsv(MARKET));
    writeFileSync(path('hours.csv'), hourlyCsv());
    await api.ok('POST', '/data/import', {
      ...{ source: 'test', symbol: 'HOURS', timeframe: '1h', market: 'CRYPTO', synthetic: true },
      content: hourlyCsv(),
    });
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function cli(
    command: string,
    bars: string,
    document: object,
    ...flags: string[]
  ): Promise<Record<string, any>> {
    writeFileSync(path('strategy.json'), JSON.stringify(document));
    const files = ['--bars', path(bars), '--strategy', path('strategy.json')];
    const { code, out, err } = await call(command, ...files, ...flags, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out);
  }

  const rules = (id: number, more: object = {}) => ({
    strategy_id: `018f3c1e-7b1a-7000-8000-00000000010${id}`,
    ...{ name: 'parity', version: 1, ticker: 'SAME', conjunction: 'AND', trading_period: 252 },
    substrategies: [
      { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal', window: 30, signal: 0.01, data_column: 'v' },
    ],
    ...more,
  });
  const imported = async (document: { strategy_id: string }): Promise<string> => {
    await api.ok('POST', '/strategies/import', { source: 'test', ...document });
    return document.strategy_id;
  };

  /** Every number of both answers. */
  async function sameBacktest(
    document: object,
    id: string,
    body: Record<string, unknown> = {},
    flags: string[] = [],
    bars = 'bars.csv',
  ): Promise<Record<string, any>> {
    const there = await backtest(api, id, body);
    const here = await cli('backtest', bars, document, ...flags);
    for (const part of ['metrics', 'buy_hold_metrics', 'reasons', 'buy_hold_reasons', 'scored_from'])
      expect([part, here[part]]).toEqual([part, there[part]]);
    for (const part of ['benchmark_metrics', 'benchmark_reasons'])
      expect([part, here[part] ?? null]).toEqual([part, there[part]]);
    expect(here.accounting.periods_per_year).toBe(there.periods_per_year);
    const { items: curve } = await api.ok('GET', `/backtests/${there.id}/equity-curve`);
    const offset = here.scored_from.index - here.first_index;
    expect(here.equity.slice(offset)).toEqual(curve.map(({ equity }: { equity: number }) => equity));
    expect(here.positions.slice(offset)).toEqual(curve.map(({ position }: { position: number }) => position));
    const { items: trades } = await api.ok('GET', `/backtests/${there.id}/trades`);
    const plain = here.trades.map(({ entry_index: _, exit_index: __, ...trade }: Record<string, unknown>) => trade);
    expect(plain).toEqual(trades);
    expect(trades.length).toBeGreaterThan(3);
    return there;
  }

  it.each<[string, Record<string, unknown>, string[]]>([
    ['defaults', {}, []],
    ['another accounting', { mode: 'all_in', fill: 'close', engine: 'event' }, ['--mode', 'all_in', '--fill', 'close']],
    ['a slice', { start: '2011-03-01', end: '2012-02-01' }, ['--start', '2011-03-01', '--end', '2012-02-01']],
    ['a start before the lookback', { start: '2010-01-10' }, ['--start', '2010-01-10']],
    ['the first bars', { score_from: 0 }, ['--score-from', '0']],
    ['costs', { costs: { fee_bps: 9, slippage_bps: 2 } }, ['--fee-bps', '9', '--slippage-bps', '2']],
  ])('gives the same backtest with %s', async (_name, body, flags) => {
    const document = rules(1);
    const there = await sameBacktest(document, await imported(document), body, flags);
    const asked = body.score_from === undefined && body.start !== '2011-03-01';
    if (asked) expect(there.scored_from).toMatchObject({ index: 29, rule: 'lookback' });
  });

  it('gives the same intervals, however they are asked for', async () => {
    const document = rules(8);
    const { id } = await backtest(api, await imported(document));
    const query = 'intervals=bca&scheme=circular&resamples=150&block=7';
    const flags = ['--intervals', 'bca', '--scheme', 'circular', '--resamples', '150', '--block', '7'];
    for (const [asked, given] of [
      ['resamples=100', ['--intervals', 'percentile', '--resamples', '100']],
      [query, flags],
    ] as const) {
      const there = await api.ok('GET', `/backtests/${id}/intervals?${asked}`);
      expect((await cli('backtest', 'bars.csv', document, ...given)).intervals).toEqual(there);
    }
  });

  it('gives the same figures in the currency of an account, and refuses what has no rate', async () => {
    const lines = randomMarketCsv({ bars: 700, seed: 11 }).trim().split('\n');
    writeFileSync(path('fx.csv'), lines.join('\n'));
    await importMarket(api, 'RATE', { bars: 700, seed: 11 });
    const document = rules(7);
    const id = await imported(document);
    const asked = { fx: { symbol: 'RATE', invert: true }, account_currency: 'EUR' };
    const there = await sameBacktest(document, id, asked, ['--fx', path('fx.csv'), '--fx-invert']);
    const { price, fx, written_off: lost, ...pinned } = there.fx;
    expect(price + fx + lost - there.costs.total).toBeCloseTo(there.metrics.total_return, 9);
    expect(pinned).toEqual({
      ...{ account_currency: 'EUR', source: 'test', symbol: 'RATE', timeframe: '1d', invert: true, max_age_days: 5 },
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const plain = await backtest(api, id);
    expect(plain.fx).toBeNull();
    const { items: trials } = await api.ok('GET', `/experiments?strategy_id=${id}`);
    expect(trials.map(({ metrics }: any) => metrics.total_return)).toEqual([plain.metrics.total_return]);
    const rates = ['--fx', path('fx.csv'), '--fx-invert'];
    for (const kind of ['walk-forward', 'cpcv']) {
      const { result, state } = await api.job(`/validation/${kind}`, { strategy_id: id, ...asked });
      const own = await cli(kind, 'bars.csv', document, ...rates);
      expect([state, result.summary.mean_oos_sharpe]).toEqual(['completed', own.summary.mean_oos_sharpe]);
      expect(result.summary.mean_oos_sharpe).not.toBe((await cli(kind, 'bars.csv', document)).summary.mean_oos_sharpe);
      expect(result.fx).toEqual(pinned);
      expect(own.accounting.fx).toEqual({ file: path('fx.csv'), invert: true, max_age_days: 5 });
    }
    const judged = await api.ok('GET', `/validation/strategies/${id}`);
    expect([judged.walk_forward, judged.cpcv].map((run: any) => run.policy_layout)).toEqual([false, false]);
    await importMarket(api, 'SHORT', { bars: 300, seed: 11 });
    const late = { strategy_id: id, account_currency: 'EUR', fx: { symbol: 'SHORT' } };
    const { state, error } = await api.job('/validation/cpcv', late);
    expect([state, error.errors?.[0]?.field ?? error.detail]).toEqual(['failed', 'fx']);
    const refusals: [object, string][] = [
      [{ account_currency: 'EUR', fx: { symbol: 'SHORT' } }, 'fx must be at most 5 days old at the open of every bar'],
      [{ fx: { symbol: 'RATE' } }, 'account_currency must be given with fx'],
      [{ account_currency: 'EUR' }, 'fx must be given with account_currency EUR'],
    ];
    for (const [body, message] of refusals) {
      const { status, body: problem } = await api.send('POST', '/backtests', { strategy_id: id, ...body });
      expect([status, problem.errors[0].message]).toEqual([422, expect.stringContaining(message)]);
    }
  });

  it('gives the same figures against a benchmark and rates, by month, over windows, and the same falls', async () => {
    const index = randomMarketCsv({ bars: 690, seed: 8 }).split('\n');
    // days of their own, and a market that closes before
    const holed = index.filter((_, i) => i === 0 || (i > 20 && i % 50 !== 7)).join('\n');
    writeFileSync(path('index.csv'), holed);
    await api.ok('POST', '/data/import', {
      ...{ source: 'test', symbol: 'INDEX', timeframe: '1d', market: 'US', content: holed, outside_sessions: 'keep' },
      synthetic: true,
    });
    const rates = `date,available_at,rate\n2010-01-01,2010-01-15,1.5\n2010-06-01,2010-06-20,2.5\n2011-06-01,2011-06-20,0.75\n`;
    writeFileSync(path('rates.csv'), rates);
    await api.ok('POST', '/data/observations/import', { source: 'fed', content: rates });
    const document = rules(5);
    const asked = { benchmark: { symbol: 'INDEX' }, risk_free: { name: 'rate', unit: 'percent' } };
    const flags = ['--benchmark', path('index.csv'), '--risk-free', path('rates.csv'), '--risk-free-unit', 'percent'];
    const shows = ['months', 'years', 'drawdowns', 'worst-bars'].flatMap((one) => ['--show', one]);
    const there = await sameBacktest(document, await imported(document), asked, [...flags, '--market', 'US']);
    const plain = await backtest(api, document.strategy_id);
    expect(there.metrics.beta).not.toBe(plain.metrics.beta);
    expect(there.metrics.sharpe_ratio).toBeLessThan(plain.metrics.sharpe_ratio);
    expect(there.warnings.find(({ code }: { code: string }) => code === 'benchmark_incomplete')).toMatchObject({
      message: expect.stringMatching(/^the benchmark has no new close at \d+ of 671 scored bars: 2010-/),
    });
    expect(there).toMatchObject({
      benchmark: {
        source: 'test',
        symbol: 'INDEX',
        timeframe: '1d',
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
      },
      risk_free: { source: 'fed', symbol: null, name: 'rate', unit: 'percent' },
    });
    const here = await cli('backtest', 'bars.csv', document, ...flags, '--market', 'US', ...shows, '--rolling', '63');
    const of = (what: string) => api.ok('GET', `/backtests/${there.id}/${what}`);
    const { months, years, zone } = await of('calendar-returns');
    expect([here.months, here.years, zone]).toEqual([months, years, 'America/New_York']);
    expect(here.rolling).toEqual((await of('rolling')).items);
    expect(here.drawdowns).toEqual((await of('drawdowns')).items);
    expect(here.worst_bars).toEqual((await of('worst-bars')).items);
    expect(months).toHaveLength(32);
    const compounded = months.reduce((equity: number, month: any) => equity * (1 + month.return), 1) - 1;
    expect(compounded).toBeCloseTo(there.metrics.total_return, 12);
    const { items: trials } = await api.ok('GET', `/experiments?strategy_id=${document.strategy_id}`);
    expect(trials).toHaveLength(1);
    expect(trials[0].metrics.sharpe_ratio).toBe(plain.metrics.sharpe_ratio);
  });

  it('gives the same backtest of a pipeline document with costs of its own', async () => {
    const { id } = await seedRuleStrategy(api, 'SAME');
    const { version } = await api.ok('GET', `/strategies/${id}`);
    await api.ok('PATCH', `/strategies/${id}`, { version, pipeline_config: { costs: { fee_bps: 17, spread_bps: 3 } } });
    const document = await api.ok('GET', `/strategies/${id}/export`);
    expect(document).toMatchObject({ kind: 'pipeline', costs: { fee_bps: 17, spread_bps: 3 } });
    await sameBacktest(document, id);
  });

  it('gives the same backtest of hours, by the bars per year that both state', async () => {
    const document = rules(2, { ticker: 'HOURS', timeframe: '1h', trading_period: 365 });
    const there = await sameBacktest(document, await imported(document), {}, [], 'hours.csv');
    expect(there.periods_per_year).toBe(8760);
  });

  it('gives the same walk-forward, scored from the first bar of the gates', async () => {
    const document = rules(3);
    const id = await imported(document);
    await backtest(api, id);
    const there = await api.result('/validation/walk-forward', { strategy_id: id });
    const here = await cli('walk-forward', 'bars.csv', document);
    const figures = ({ is_sharpe, oos_sharpe, oos_return, oos_max_drawdown, reasons }: Record<string, unknown>) => ({
      ...{ is_sharpe, oos_sharpe, oos_return, oos_max_drawdown, reasons },
    });
    expect(here.folds.map(figures)).toEqual(there.folds.map(figures));
    expect(here.summary).toMatchObject(there.summary);
    expect(here.scored_from).toEqual(there.scored_from);
    expect(here.scored_from).toMatchObject({ index: 252, rule: 'policy' });
    expect(here.accounting.periods_per_year).toBe(there.periods_per_year);
  });

  it('gives the same sweep, each cell as its own backtest', async () => {
    const document = rules(4);
    const id = await imported(document);
    const there = await api.result('/backtests/sweep', {
      strategy_id: id,
      params: [{ path: 'substrategies.0.window', range: '20:40:10' }],
    });
    const here = await cli('sweep', 'bars.csv', document, '--param', 'substrategies.0.window=20:40:10');
    expect(here.rows).toEqual(there.rows);
    expect([here.scored_from.rule, there.scored_from.rule]).toEqual(['lookback', 'lookback']);
    expect(here.accounting.periods_per_year).toBe(there.periods_per_year);
    const { metrics } = await backtest(api, id);
    const own = there.rows.find(([window]: number[]) => window === 30);
    expect(own.slice(1)).toEqual([metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown]);
  });
});

/** Around the clock. */
function hourlyCsv(): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const close = 100 + 8 * Math.sin(i / 9) + (i % 5) / 4;
    const time = new Date(Date.UTC(2024, 2, 4, i)).toISOString();
    return [time, close - 0.2, close + 1, close - 1, close, 5].join(',');
  });
  return `date,open,high,low,close,volume\n${rows.join('\n')}\n`;
}
