import { computeMetrics, createRng, METRIC_KEYS, probabilisticSharpe } from '@assay/quant';
import { returnIntervals } from './return-intervals';

const rng = createRng('returns');
const returns = Float64Array.from({ length: 80 }, () => 0.001 + 0.01 * rng.normal());
const input = { returns, periodsPerYear: 252, resamples: 100 };

describe('returnIntervals', () => {
  it('stands beside the figures of the catalogue, each with its interval or the reason', () => {
    const found = returnIntervals(input);
    const { metrics, reasons } = computeMetrics(input);
    expect(found.items.map(({ metric }) => metric)).toEqual(METRIC_KEYS);
    expect(Object.fromEntries(found.items.map(({ metric, value }) => [metric, value]))).toEqual(metrics);
    expect(found.items.find(({ metric }) => metric === 'beta')!.why).toBe(reasons.beta);
    const { value, lower_95, upper_95, why } = found.items.find(({ metric }) => metric === 'volatility')!;
    expect([lower_95! < value!, value! < upper_95!, why]).toEqual([true, true, null]);
    expect(found.sharpe!.errors.map(({ method, sharpe_ratio }) => [method, sharpe_ratio])).toEqual([
      ...['iid', 'mertens', 'hac'].map((method) => [method, expect.closeTo(metrics.sharpe_ratio!, 12)]),
      ['autocorrelation', expect.any(Number)],
    ]);
    expect(found.sharpe!.evidence.map(({ probabilistic_sharpe }) => probabilistic_sharpe)).toEqual([
      probabilisticSharpe(returns),
      probabilisticSharpe(returns, 0, '2026'),
    ]);
  });

  it('draws by the returns and the scheme alone: the same question has the same answer', () => {
    const { bootstrap, items } = returnIntervals(input);
    const shared = new Float64Array(new SharedArrayBuffer(returns.byteLength));
    shared.set(returns);
    expect(returnIntervals({ ...input, returns: shared })).toEqual(returnIntervals(input));
    expect(bootstrap).toMatchObject({ intervals: 'percentile', scheme: 'stationary', resamples: 100 });
    const bca = returnIntervals({ ...input, kind: 'bca' });
    expect([bca.bootstrap.seed, bca.items[0]!.standard_error]).toEqual([bootstrap.seed, items[0]!.standard_error]);
    const others = [
      { ...input, returns: returns.map((r, t) => (t === 0 ? r + 1e-12 : r)) },
      { ...input, scheme: 'circular' as const },
      { ...input, block: 2 },
    ].map((other) => returnIntervals(other).bootstrap.seed);
    expect(new Set([bootstrap.seed, ...others]).size).toBe(4);
  });

  it('refuses too few returns with how many it needs, and has no Sharpe ratio of those that do not vary', () => {
    expect(() => returnIntervals({ ...input, returns: returns.slice(0, 19) })).toThrow(
      expect.objectContaining({
        ...{ code: 'insufficient_data', message: 'intervals need at least 20 returns, had 19' },
      }),
    );
    const flat = returnIntervals({ ...input, returns: new Float64Array(30) });
    expect([flat.sharpe, flat.items.find(({ metric }) => metric === 'sharpe_ratio')!.why]).toEqual([
      null,
      'returns do not vary',
    ]);
  });
});
