import type { UniverseDocument } from '@assay/contracts';
import { parseUniverseDocument, sliceBars, type BarColumns, type Calendar } from '@assay/domain';
import { DomainError } from '@assay/primitives';
import { createRng, type Costs } from '@assay/quant';
import { checkFeature } from '../features';
import { syntheticBars } from '../fixtures/bars';
import { configHash } from '../hash';
import { runUniverseBacktest, type UniverseOptions } from '.';

const FREE = { feeBps: 0, slippageBps: 0, spreadBps: 0 };

const days = syntheticBars(300, 1, 0);
/** Every day is a session, as in a market that never closes. */
const calendar = { zone: 'UTC', isSession: () => true } as unknown as Calendar;
const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F'];
const series: BarColumns[] = SYMBOLS.map((symbol, k) => ({ ...syntheticBars(300, 20 + k, 0.001), symbol }));

function documentOf(change: object = {}): UniverseDocument {
  return parseUniverseDocument(
    {
      kind: 'universe',
      strategy_id: '018f0000-0000-7000-8000-00000000000f',
      trading_period: 365,
      market: 'CRYPTO',
      universe: SYMBOLS,
      features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 30 } }],
      portfolio: {
        kind: 'ranked',
        score: 'mom',
        select: { kind: 'top', k: 2 },
        weighting: { kind: 'equal' },
        rebalance: { kind: 'monthly', session: 'last' },
      },
      ...change,
    },
    { checkFeature },
  ).document;
}
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const run = (options = {}, change = {}, bars = series) =>
  runUniverseBacktest({ document: documentOf(change), series: bars, calendar, options });

describe('a universe backtest', () => {
  it('is the rotation that a plain loop makes', () => {
    const closes = series.map(({ close }) => close);
    const monthOf = (t: number): number => new Date(days.openTimeMs[t]!).getUTCMonth();
    let weights = SYMBOLS.map(() => 0);
    let equity = 1;
    const expected = closes[0]!.map((_, t) => {
      const moved = t === 0 ? 0 : total(weights.map((w, i) => w * (closes[i]![t]! / closes[i]![t - 1]! - 1)));
      let traded = 0;
      if (monthOf(t) !== new Date(days.openTimeMs[t]! + 86_400_000).getUTCMonth() && t >= 30) {
        const mom = closes.map((close) => close[t]! / close[t - 30]!);
        const best = [...mom.keys()].sort((a, b) => mom[b]! - mom[a]!).slice(0, 2);
        const next = SYMBOLS.map((_, i) => (best.includes(i) ? 0.5 : 0));
        traded = total(next.map((w, i) => Math.abs(w - weights[i]!)));
        weights = next;
      }
      return (equity *= 1 + moved - 0.0005 * traded);
    });
    const { full, scored, lookback } = run({ fill: 'close' });
    expect([scored, lookback]).toEqual([[30, 300], 30]);
    full.equity.forEach((value, t) => expect(value).toBeCloseTo(expected[t]!, 10));
    expect(full.trades.length).toBeGreaterThan(5);
  });

  it.each([
    ['weight', 'close'],
    ['weight', 'next_open'],
    ['all_in', 'close'],
    ['all_in', 'next_open'],
  ] as const)('gives the same in both engines, and contributions that add up: %s, %s', (mode, fill) => {
    const options = { mode, fill, start: '2010-05-15', capital: 1000 };
    const [a, b] = [run({ ...options, engine: 'vectorized' }), run({ ...options, engine: 'event' })];
    a.returns.forEach((r, t) => expect(Math.abs(r - b.returns[t]!)).toBeLessThan(1e-9));
    for (const { contributions, metrics, equity } of [a, b]) {
      expect(total(contributions.map(({ contribution }) => contribution))).toBeCloseTo(metrics.total_return!, 9);
      expect(total(contributions.map(({ pnl }) => pnl))).toBeCloseTo(1000 * (equity.at(-1)! - 1), 6);
    }
    expect(a.trades.map(({ symbol, reason }) => [symbol, reason])).toEqual(
      b.trades.map(({ symbol, reason }) => [symbol, reason]),
    );
  });

  it('is charged what orders and holding cost, by kind, in both engines', () => {
    const withRates = series.map((one) => ({
      ...one,
      extra: { rate: one.close.map((_, t) => (t % 7 === 0 ? 1e-4 : NaN)) },
    }));
    const select = { kind: 'long_short', long: 2, short: 1 };
    const portfolio = { kind: 'ranked', score: 'mom', select, weighting: { kind: 'equal' } };
    const change = { portfolio: { ...portfolio, rebalance: { kind: 'weekly', session: 'last' } } };
    const costs: Costs = {
      ...{ feeBps: 0, slippageBps: 2, spreadBps: 4, perShare: 0.005, minimumFee: 1, borrowBpsPerYear: 300 },
      ...{ fundingColumn: 'rate', impact: { kind: 'square_root', coefficientBps: 50 } },
    };
    const options = { mode: 'all_in', costs, capital: 100_000 } as const;
    const [a, b] = (['vectorized', 'event'] as const).map((engine) => run({ ...options, engine }, change, withRates));
    expect(Math.abs(a!.metrics.total_return! - b!.metrics.total_return!)).toBeLessThan(1e-9);
    for (const { costs: paid, contributions, metrics } of [a!, b!]) {
      const { total: all, ...kinds } = paid;
      for (const kind of Object.values(kinds)) expect(kind).not.toBe(0);
      expect(total(Object.values(kinds))).toBeCloseTo(all, 12);
      expect(total(contributions.map(({ costs: own }) => own))).toBeCloseTo(all, 12);
      expect(total(contributions.map(({ contribution }) => contribution))).toBeCloseTo(metrics.total_return!, 9);
    }
    const plain = run({ ...options, costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } }, change, withRates);
    expect(plain.costs).toEqual({ fees: 0, spread: 0, slippage: 0, borrow: 0, funding: 0, total: 0 });
    expect(plain.metrics.total_return).toBeGreaterThan(a!.metrics.total_return!);
    const bps = run({ mode: 'all_in', costs: { feeBps: 3, slippageBps: 2, spreadBps: 10 } });
    expect(bps.costs.fees).toBeCloseTo(bps.costs.total * 0.3, 12);
    expect(bps.costs.spread).toBeCloseTo(bps.costs.total * 0.5, 12);
    expect(bps.costs.total).toBeCloseTo(total(bps.contributions.map((one) => one.costs)), 12);
  });

  it.each<[string, UniverseOptions, string, string]>([
    [
      'in mode weight',
      { costs: { ...FREE, perShare: 1 } },
      'costs.per_share',
      'must be used with mode all_in for a universe',
    ],
    [
      'without a capital',
      { mode: 'all_in', costs: { ...FREE, fixedFee: 1 } },
      'costs.fixed_fee',
      'costs.fixed_fee must be used with capital',
    ],
    [
      'without its column',
      { mode: 'all_in', costs: { ...FREE, fundingColumn: 'rate' } },
      'costs.funding_column',
      'costs.funding_column must have rates of every symbol, the bars of A have no such column: rate',
    ],
  ])('refuses a cost %s, by name', (_, options, field, message) => {
    expect(() => run(options)).toThrow(message);
    expect(() => run(options)).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });

  it('is told against a benchmark and above cash where these are given, else against all members alike', () => {
    const rng = createRng(5);
    const closes = days.close.map((_, t) => 100 * Math.exp(0.001 * t + 0.01 * rng.normal()));
    const rates = days.close.map((_, t) => 0.02 + t / 10_000);
    const benchmark = { close: closes, without: Uint32Array.of(40, 50) };
    const [plain, own] = [run(), run({ benchmark, riskFree: rates })];
    const [from, to] = own.scored;
    const moves = closes.map((close, t) => (t === 0 ? 0 : close / closes[t - 1]! - 1)).slice(from, to);
    const cash = rates.map((_, t) => (1 + rates[Math.max(0, t - 1)]!) ** (1 / 365) - 1).slice(from, to);
    own.benchmark!.returns.forEach((r, t) => expect(r).toBeCloseTo(moves[t]!, 14));
    own.riskFreeReturns!.forEach((r, t) => expect(r).toBeCloseTo(cash[t]!, 14));
    const excess = [...own.returns].map((r, t) => r - cash[t]!);
    const mean = total(excess) / excess.length;
    const deviation = Math.sqrt(total(excess.map((r) => (r - mean) ** 2)) / (excess.length - 1));
    expect(own.metrics.sharpe_ratio).toBeCloseTo((mean / deviation) * Math.sqrt(365), 10);
    const active = [...own.returns].map((r, t) => r - moves[t]!);
    const apart = total(active) / active.length;
    const error = Math.sqrt(total(active.map((r) => (r - apart) ** 2)) / (active.length - 1));
    expect(own.metrics.tracking_error).toBeCloseTo(error * Math.sqrt(365), 10);
    expect(own.benchmark!.metrics.total_return).toBeCloseTo(moves.reduce((value, r) => value * (1 + r), 1) - 1, 10);
    expect(own.warnings.map(({ code }) => code)).toEqual(['benchmark_incomplete']);
    // what was traded is the same, and so is everything that neither is told against
    expect(own.equity).toEqual(plain.equity);
    expect(own.contributions).toEqual(plain.contributions);
    expect(own.metrics.turnover).toBe(plain.metrics.turnover);
    expect(own.buyHoldMetrics.total_return).toBe(plain.buyHoldMetrics.total_return);
    expect(own.metrics.beta).not.toBeCloseTo(plain.metrics.beta!, 3);
    expect(plain.benchmark).toBeUndefined();
  });

  it('says what is absent, and closes it there', () => {
    const gone = series
      .map((one) => (one.symbol === 'C' ? sliceBars(one, 0, 200) : one))
      .filter(({ symbol }) => symbol !== 'F');
    const { absences, warnings, trades, contributions, full } = run({ scoreFrom: 0 }, { mode: 'all_in' }, gone);
    expect(absences).toEqual([
      { symbol: 'C', fromMs: days.openTimeMs[200], toMs: days.openTimeMs[299], missing: 100 },
      { symbol: 'F', fromMs: days.openTimeMs[0], toMs: days.openTimeMs[299], missing: 300 },
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['symbols_without_bars', 'symbols_absent']);
    expect(contributions.map(({ barsMissing }) => barsMissing)).toEqual([0, 0, 100, 0, 0, 300]);
    const last = trades.filter(({ symbol }) => symbol === 'C').at(-1);
    if (last?.exitIndex === 199) expect(last.reason).toBe('no_bars');
    expect(full.equity.every((value) => value > 0)).toBe(true);
  });

  it('says where the calendars that it and its features rest on have ended', () => {
    const mom = { name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 30 } };
    const of = (market: string) => ({
      plugin: 'calendar',
      plugin_version: '1',
      params: { of: 'session_minutes', market },
    });
    const features = [mom, { name: 'us', ...of('US') }, { name: 'gb', ...of('GB') }];
    const shift = Date.UTC(2036, 0, 1) - days.openTimeMs[0]!;
    const later = series.map((one) => ({ ...one, openTimeMs: one.openTimeMs.map((ms) => ms + shift) }));
    const said = (bars: BarColumns[]) =>
      run({}, { market: 'US', features }, bars).warnings.map(({ code, market }) => [code, market]);
    expect(said(series)).toEqual([]);
    expect(said(later)).toEqual([
      ['calendar_not_covered', 'US'],
      ['calendar_not_covered', 'GB'],
    ]);
  });

  it('is measured against all members with the same weight each', () => {
    const { benchmarkReturns, scored } = run({ scoreFrom: 10 });
    benchmarkReturns.forEach((r, k) => {
      const t = scored[0] + k;
      expect(r).toBeCloseTo(total(series.map(({ close }) => close[t]! / close[t - 1]! - 1)) / 6, 12);
    });
  });

  it('trades a pair out of one capital', () => {
    const pair = {
      features: [],
      universe: ['A', 'B'],
      portfolio: {
        kind: 'pairs',
        pairs: [{ y: 'A', x: 'B' }],
        hedge: { kind: 'rolling_ols', window: 40, z_window: 20 },
        entry_z: 1.5,
      },
    };
    const { evaluation, panel, trades, lookback, gross } = run({}, pair);
    const n = panel.openTimeMs.length;
    expect(lookback).toBe(59);
    expect(trades.length).toBeGreaterThan(4);
    for (let t = 0; t < n; t++) {
      const [a, b] = [evaluation.weights[t]!, evaluation.weights[n + t]!];
      if (a !== 0) expect(Math.abs(a) + Math.abs(b)).toBeCloseTo(1, 12);
      else expect(b).toBe(0);
    }
    expect(Math.max(...gross)).toBeCloseTo(1, 12);
  });

  it('has a hash of its content', () => {
    expect(configHash(documentOf({ name: 'x', universe: SYMBOLS.map((symbol) => ({ symbol })) }))).toBe(
      configHash(documentOf()),
    );
    const rsi = (params: object) =>
      configHash(documentOf({ features: [{ name: 'mom', plugin: 'rsi', plugin_version: '1', params }] }));
    expect(rsi({ window: 14, column: 'close' })).toBe(rsi({}));
    expect(rsi({ window: 15 })).not.toBe(rsi({}));
    expect(configHash(documentOf())).toMatchInlineSnapshot(
      `"add56a4438c4582e07060ad059418b089a46a3be2b40a5da67139bf87b8aad97"`,
    );
  });

  it('refuses what it cannot use by its field', () => {
    const refused = (step: () => unknown): unknown => {
      try {
        step();
      } catch (error) {
        return (error as DomainError).errors?.map(({ field }) => field);
      }
      throw new Error('nothing was refused');
    };
    const feature = { name: 'mom', plugin: 'momentun', plugin_version: '1', params: {} };
    expect(refused(() => documentOf({ features: [feature] }))).toEqual(['features[0].plugin']);
    const params = { window: 0, colour: 'red' };
    expect(refused(() => documentOf({ features: [{ ...feature, plugin: 'momentum', params }] }))).toEqual([
      'features[0].params.window',
      'features[0].params.colour',
    ]);
    expect(refused(() => run({ start: '2050-01-01' }))).toEqual(['start']);
    const close = series[0]!.close.slice();
    close[17] = -1;
    expect(refused(() => run({}, {}, [{ ...series[0]!, close }, ...series.slice(1)]))).toEqual(['close']);
    expect(refused(() => run({ costs: { feeBps: -1, slippageBps: 0, spreadBps: 0 } }))).toEqual(['costs.fee_bps']);
  });
});
