import { parseUniverseDocument, sliceBars, type BarColumns, type Calendar } from '@assay/domain';
import { DAY_MS, DomainError } from '@assay/primitives';
import { createRng, runPortfolio } from '@assay/quant';
import { checkFeature } from '../features';
import { syntheticBars } from '../fixtures/bars';
import { runUniverseBacktest, type UniverseFx, type UniverseOptions } from '.';

const calendar = { zone: 'UTC', isSession: () => true } as unknown as Calendar;
const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F'];
const series: BarColumns[] = SYMBOLS.map((symbol, k) => ({ ...syntheticBars(300, 20 + k, 0.001), symbol }));
const openMs = series[0]!.openTimeMs;
const closeMs = openMs.map((time) => time + DAY_MS);
const CURRENCIES: Record<string, string> = { A: 'USD', B: 'USD', C: 'EUR', D: 'HKD', E: 'HKD', F: 'USD' };

const documentOf = (currencies: Record<string, string | undefined> = CURRENCIES) =>
  parseUniverseDocument(
    {
      ...{
        kind: 'universe',
        strategy_id: '018f0000-0000-7000-8000-00000000000f',
        trading_period: 365,
        market: 'CRYPTO',
      },
      universe: SYMBOLS.map((symbol) => ({
        symbol,
        ...(currencies[symbol] === undefined ? {} : { currency: currencies[symbol] }),
      })),
      features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 10 } }],
      portfolio: {
        ...{ kind: 'ranked', score: 'mom', select: { kind: 'long_short', long: 2, short: 1 } },
        ...{ weighting: { kind: 'equal' }, rebalance: { kind: 'weekly', session: 'last' } },
      },
    },
    { checkFeature },
  ).document;

/** Known at 17:00 of each day: at the open of the next, and at the close of its own. */
function ratesOf(seed: number, start: number) {
  const rng = createRng(seed);
  let rate = start;
  const times = Float64Array.from(
    { length: openMs.length + 2 },
    (_, k) => openMs[0]! + (k - 2) * DAY_MS + DAY_MS * 0.7,
  );
  return { closeMs: times, close: times.map(() => (rate *= Math.exp(0.01 * rng.normal()))) };
}
const usd = { ...ratesOf(1, 0.9), currency: 'USD' };
const hkd = { ...ratesOf(2, 8.5), currency: 'HKD', invert: true };
const FX: UniverseFx = { account: 'EUR', rates: [usd, hkd], openMs, closeMs };

const run = (options: UniverseOptions = {}, document = documentOf(), bars = series) =>
  runUniverseBacktest({ document, series: bars, calendar, options });
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** What one unit of a symbol's quote is worth at the open and at the close of a day. */
function worth(symbol: string, t: number, moment: 'open' | 'close'): number {
  // the rate of the day k - 2 is the k-th
  const k = moment === 'open' ? t + 1 : t + 2;
  if (CURRENCIES[symbol] === 'USD') return usd.close[k]!;
  return CURRENCIES[symbol] === 'HKD' ? 1 / hkd.close[k]! : 1;
}

describe('a universe in the currency of an account', () => {
  it.each([
    ['weight', 'close', 'vectorized'],
    ['weight', 'next_open', 'event'],
    ['all_in', 'close', 'event'],
    ['all_in', 'next_open', 'vectorized'],
  ] as const)('is what it decides, traded at every price times its rate: %s, %s, %s', (mode, fill, engine) => {
    const options = { mode, fill, engine, capital: 1000 };
    const gone = series.map((one) => (one.symbol === 'D' ? sliceBars(one, 0, 200) : one));
    const [plain, own] = [run(options, documentOf(), gone), run({ ...options, fx: FX }, documentOf(), gone)];
    const { panel, evaluation, scored } = plain;
    const n = panel.openTimeMs.length;
    const times = (column: Float64Array, moment: 'open' | 'close') =>
      column.map((price, cell) => price * worth(SYMBOLS[Math.floor(cell / n)]!, cell % n, moment));
    const converted = { ...panel, open: times(panel.open, 'open'), close: times(panel.close, 'close') };
    const { costs } = plain.options;
    const expected = runPortfolio(engine, { panel: converted, ...evaluation, mode, fill, costs, scored });
    own.full.equity.forEach((value, t) => expect(Math.abs(value - expected.equity[t]!)).toBeLessThan(1e-9));
    expect(own.evaluation.weights).toEqual(evaluation.weights);
    expect(own.equity.at(-1)).not.toBeCloseTo(plain.equity.at(-1)!, 3);
    for (const one of own.contributions) expect(one.byPrice! + one.byFx! - one.costs).toBeCloseTo(one.contribution, 12);
    const { price, fx, written_off } = own.fx!;
    expect(price + fx + written_off - total(own.contributions.map(({ costs: paid }) => paid))).toBeCloseTo(
      own.metrics.total_return!,
      9,
    );
    const home = own.contributions.find(({ symbol }) => symbol === 'C')!;
    expect([home.byFx, home.trades > 0]).toEqual([0, true]);
    expect(Math.abs(fx)).toBeGreaterThan(1e-3);
    // all members alike, in the account's currency
    const held = own.benchmarkReturns[0]!;
    const t = scored[0];
    const moves = SYMBOLS.map((symbol, i) => {
      const at = (bar: number): number => panel.close[i * n + bar]! * worth(symbol, bar, 'close');
      return at(t) / at(t - 1) - 1;
    });
    expect(held).toBeCloseTo(total(moves) / moves.length, 12);
    // and beside it the run in the currencies of the prices
    expect(own.quoted).toEqual({
      ...{ returns: plain.returns, trades: plain.trades, benchmarkReturns: plain.benchmarkReturns },
      allReturns: plain.full.returns,
    });
  });

  it('takes one series of rates for all that is converted', () => {
    const { currency: _, ...one } = usd;
    const only = { A: 'USD', B: 'USD', C: 'EUR', D: 'USD', E: 'USD', F: 'USD' };
    const fx: UniverseFx = { ...FX, rates: [one] };
    expect(run({ fx }, documentOf(only)).equity).toEqual(run({ fx: { ...FX, rates: [usd] } }, documentOf(only)).equity);
    // nothing is said of the currencies: all prices are converted
    const all = documentOf({});
    expect(run({ fx: { ...fx, account: undefined } }, all).equity).toEqual(run({ fx }, all).equity);
    expect(run({ fx }, all).equity).not.toEqual(run({ fx }, documentOf(only)).equity);
  });

  const late = { ...usd, closeMs: usd.closeMs.slice(60), close: usd.close.slice(60) };
  const stale = { ...hkd, closeMs: hkd.closeMs.slice(0, 100), close: hkd.close.slice(0, 100) };
  const zero = { ...hkd, invert: false, close: hkd.close.map((rate, k) => (k === 150 ? 0 : rate)) };
  const { currency: __, ...nameless } = usd;
  it.each<[string, UniverseFx, string]>([
    [
      'is not known yet',
      { ...FX, rates: [late, hkd] },
      'fx of A must have a rate at the close of every bar, was not known yet at 2010-01-02',
    ],
    [
      'is too old',
      { ...FX, rates: [usd, stale] },
      'fx of D must be at most 5 days old at the close of every bar, was of 2010-04-08T16:48:00.000Z at 2010-04-14',
    ],
    ['is none', { ...FX, rates: [usd, zero] }, 'fx of D must be positive, was 0 at 2010-05-30'],
    [
      'is of no currency of a symbol',
      { ...FX, rates: [usd] },
      'fx_rates must have rates of HKD, which D is quoted in, had USD',
    ],
    [
      'is of one currency where there are two',
      { ...FX, rates: [nameless] },
      'fx must be of one currency, had members in USD (A) and in HKD (D): give rates by currency',
    ],
  ])('refuses a rate that %s', (_, fx, message) => {
    expect(() => run({ fx })).toThrow(DomainError);
    expect(() => run({ fx })).toThrow(message);
  });

  it('asks for no rate where a symbol has no bar, nor before its first close', () => {
    const short = series.map((one) => (CURRENCIES[one.symbol] === 'USD' ? sliceBars(one, 61, 300) : one));
    // the first rate is known in the first day of those bars
    const fx = { ...FX, rates: [{ ...late, closeMs: late.closeMs.slice(3), close: late.close.slice(3) }, hkd] };
    expect(run({ fx }, documentOf(), short).metrics.total_return).not.toBeNull();
    expect(() => run({ fx })).toThrow('fx of A must');
  });

  it('needs the currency of a member where rates are given by currency', () => {
    expect(() => run({ fx: FX }, documentOf({ ...CURRENCIES, E: undefined }))).toThrow(
      'currency of E must be stated in the universe where rates are given by currency (USD, HKD), was missing',
    );
  });
});
