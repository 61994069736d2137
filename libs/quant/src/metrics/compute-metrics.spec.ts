import fc from 'fast-check';
import { brokenReturns, hostileReturns, numbersIn } from '../../../testing/src/quant/hostile-series';
import { trade } from '../../../testing/src/quant/trade';
import type { Trade } from '../engines';
import { computeMetric, computeMetrics, METRICS_OF_TRADING, type MetricsInput } from './compute-metrics';
import { METRIC_KEYS } from './metric-definitions';

/** The definitions, written again over plain arrays. */
function reference(
  r: number[],
  p: number[],
  b: number[],
  cash: number[],
  trades: Trade[],
  perYear: number,
): Record<string, number | null> {
  const n = r.length;
  const above = r.map((v, t) => v - cash[t]);
  const market = b.map((v, t) => v - cash[t]);
  const active = r.map((v, t) => v - b[t]);
  const sum = (x: number[]): number => x.reduce((a, v) => a + v, 0);
  const avg = (x: number[]): number => sum(x) / x.length;
  const centred = (x: number[], power: number): number => avg(x.map((v) => Math.pow(v - avg(x), power)));
  const ratio = (a: number, d: number): number | null => (d > 0 ? a / d : null);
  const spread = (x: number[]): number => (x.length > 1 ? Math.sqrt((centred(x, 2) * x.length) / (x.length - 1)) : NaN);
  const varies = new Set(r).size > 1;
  const wealth = [1];
  for (const v of r) wealth.push(wealth[wealth.length - 1] * (1 + v));
  const total = wealth[n] - 1;
  const depths = wealth.map((w, t) => 1 - w / Math.max(...wealth.slice(0, t + 1)));
  const cagr = Math.pow(1 + total, perYear / n) - 1;
  const sorted = [...r].sort((x, y) => x - y);
  const quantile = (q: number): number => {
    const at = (n - 1) * q;
    const weight = at - Math.floor(at);
    return sorted[Math.floor(at)] * (1 - weight) + sorted[Math.ceil(at)] * weight;
  };
  const shortfall = (q: number): number => avg(sorted.filter((v) => v <= quantile(q) + 1e-18));
  const downside = Math.sqrt(avg(above.map((v) => Math.min(v, 0) ** 2)));
  let longest = 0;
  let peakAt = 0;
  wealth.forEach((w, t) => {
    if (w >= Math.max(...wealth.slice(0, t + 1))) {
      if (t > peakAt + 1 || depths.slice(peakAt, t).some((d) => d > 0)) longest = Math.max(longest, t - peakAt);
      peakAt = t;
    }
  });
  if (peakAt < n) longest = Math.max(longest, n - peakAt);
  const closed = trades.filter((t) => t.exitIndex >= 0).map((t) => t.netReturn);
  const covariance = avg(above.map((v, t) => (v - avg(above)) * (market[t] - avg(market))));
  const slope = new Set(market).size > 1 ? covariance / centred(market, 2) : null;
  const won = closed.filter((v) => v > 0);
  const lost = closed.filter((v) => v < 0);
  const payoff = won.length > 0 && lost.length > 0 ? avg(won) / -avg(lost) : null;
  const growth = (x: number[], where: (v: number) => boolean): number | null => {
    const picked = x.filter((_, t) => where(b[t]));
    return picked.length === 0 ? null : picked.reduce((a, v) => a * (1 + v), 1) ** (1 / picked.length) - 1;
  };
  const capture = (where: (v: number) => boolean): number | null => {
    const [own, other] = [growth(r, where), growth(b, where)];
    return own === null ? null : own / other!;
  };
  const logs = wealth.slice(1).map(Math.log);
  const along = logs.map((v, t) => (v - avg(logs)) * (t - (n - 1) / 2));
  const fit = new Set(logs).size > 1 ? avg(along) ** 2 / centred(logs, 2) / centred([...logs.keys()], 2) : null;
  return {
    total_return: total,
    annualized_return: cagr,
    sharpe_ratio: spread(above) > 1e-12 ? (avg(above) / spread(above)) * Math.sqrt(perYear) : null,
    max_drawdown: Math.max(...depths),
    calmar_ratio: ratio(cagr, Math.max(...depths)),
    sortino_ratio: downside > 0 ? (avg(above) / downside) * Math.sqrt(perYear) : null,
    volatility: spread(r) * Math.sqrt(perYear),
    max_drawdown_duration_bars: longest,
    var_95: quantile(0.05),
    cvar_95: shortfall(0.05),
    var_99: quantile(0.01),
    cvar_99: shortfall(0.01),
    omega_ratio: ratio(sum(r.filter((v) => v > 0)), -sum(r.filter((v) => v < 0))),
    // a quantile that is 0 by definition may come out as rounding noise
    tail_ratio:
      Math.abs(quantile(0.05)) <= 1e-15 * Math.max(...r.map(Math.abs))
        ? null
        : Math.abs(quantile(0.95)) / Math.abs(quantile(0.05)),
    win_rate_periods: ratio(r.filter((v) => v > 0).length, r.filter((v) => v !== 0).length),
    win_rate_trades: ratio(closed.filter((v) => v > 0).length, closed.length),
    profit_factor: ratio(sum(closed.filter((v) => v > 0)), -sum(closed.filter((v) => v < 0))),
    expectancy: ratio(sum(closed), closed.length),
    exposure: p.filter((v) => v !== 0).length / n,
    turnover: sum(p.map((v, t) => Math.abs(v - (p[t - 1] ?? 0)))) / (n / perYear),
    trade_count: trades.length,
    beta: slope,
    alpha: slope === null ? null : (avg(above) - slope * avg(market)) * perYear,
    skewness: varies ? centred(r, 3) / centred(r, 2) ** 1.5 : null,
    kurtosis: varies ? centred(r, 4) / centred(r, 2) ** 2 : null,
    observations: n,
    downside_deviation: downside * Math.sqrt(perYear),
    ulcer_index: Math.sqrt(sum(depths.map((d) => d * d)) / n),
    recovery_factor: ratio(total, Math.max(...depths)),
    time_under_water: depths.filter((d) => d > 0).length / n,
    stability: fit,
    payoff_ratio: payoff,
    kelly_fraction: payoff === null ? null : won.length / closed.length - lost.length / closed.length / payoff,
    system_quality_number: spread(closed) > 1e-12 ? (Math.sqrt(closed.length) * avg(closed)) / spread(closed) : null,
    up_capture: capture((v) => v > 0),
    down_capture: capture((v) => v < 0),
    tracking_error: n > 1 ? spread(active) * Math.sqrt(perYear) : null,
    information_ratio: spread(active) > 1e-12 ? (avg(active) / spread(active)) * Math.sqrt(perYear) : null,
  };
}

// steps of 0.001 keep constant stretches and ties common without denormal spreads
const step = fc.integer({ min: -90, max: 90 }).map((v) => v / 1000);
const market = fc.array(fc.tuple(step, fc.constantFrom(-1, 0, 0.5, 1), step, fc.constantFrom(0, 0.001)), {
  minLength: 2,
  maxLength: 120,
});

const besides = (r: Float64Array): Float64Array => r.map((x, t) => x / 2 + 0.01 * Math.cos(t));

describe('computeMetrics', () => {
  it('equals an independent implementation of every definition', () => {
    fc.assert(
      fc.property(market, fc.array(step, { maxLength: 8 }), fc.constantFrom(52, 252, 365), (rows, nets, perYear) => {
        const [r, p, b, cash] = [0, 1, 2, 3].map((i) => rows.map((row) => row[i]));
        const trades = nets.map((net, i) => trade(net, i === 3 ? -1 : 5));
        const { metrics } = computeMetrics({
          returns: Float64Array.from(r),
          positions: Float64Array.from(p),
          benchmarkReturns: Float64Array.from(b),
          riskFreeReturns: Float64Array.from(cash),
          trades,
          periodsPerYear: perYear,
        });
        const expected = reference(r, p, b, cash, trades, perYear);
        expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort());
        for (const [key, value] of Object.entries(expected)) {
          const found = metrics[key];
          if (value === null || found === null) expect([key, found]).toEqual([key, value]);
          else if (Math.abs(found - value) > 1e-9 * Math.max(1, Math.abs(value)))
            throw new Error(`${key}: ${found} against ${value}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives each metric alone the value that it has among all', () => {
    fc.assert(
      fc.property(market, fc.array(step, { maxLength: 8 }), (rows, nets) => {
        const [r, p, b, cash] = [0, 1, 2, 3].map((i) => Float64Array.from(rows, (row) => row[i]));
        const input = { returns: r, positions: p, benchmarkReturns: b, riskFreeReturns: cash, periodsPerYear: 252 };
        const whole = { ...input, trades: nets.map((net, i) => trade(net, i === 3 ? -1 : 5)) };
        const { metrics } = computeMetrics(whole);
        for (const key of METRIC_KEYS) expect([key, computeMetric(key, whole)]).toEqual([key, metrics[key]]);
      }),
      { numRuns: 50 },
    );
    const broken = { returns: Float64Array.of(0.1, NaN), periodsPerYear: 252 };
    expect([computeMetric('sharpe_ratio', broken), computeMetric('observations', broken)]).toEqual([null, 2]);
    expect(() => computeMetric('sharpe_ratio', { ...broken, periodsPerYear: 0 })).toThrow('periodsPerYear');
  });

  it('needs positions or trades for the metrics that are said to read them, and for no other', () => {
    const returns = Float64Array.from({ length: 60 }, (_, t) => 0.02 * Math.sin(1.7 * t));
    const input = { returns, benchmarkReturns: besides(returns), periodsPerYear: 252 };
    const positions = returns.map(Math.sign);
    const { metrics: all } = computeMetrics({ ...input, positions, trades: [trade(0.1), trade(-0.05), trade(0.2)] });
    const { metrics: fewer } = computeMetrics(input);
    expect(METRIC_KEYS.filter((key) => all[key] === null)).toEqual([]);
    expect(new Set(METRIC_KEYS.filter((key) => fewer[key] === null))).toEqual(METRICS_OF_TRADING);
  });

  it('gives a reason for every undefined metric and none for the others', () => {
    const { metrics, reasons } = computeMetrics({ returns: new Float64Array(5), periodsPerYear: 252, trades: [] });
    expect(metrics).toMatchObject({
      total_return: 0,
      sharpe_ratio: null,
      volatility: 0,
      max_drawdown: 0,
      trade_count: 0,
    });
    expect(Object.keys(reasons).sort()).toEqual(
      Object.keys(metrics)
        .filter((key) => metrics[key] === null)
        .sort(),
    );
    expect(reasons).toMatchObject({
      sharpe_ratio: 'returns do not vary',
      calmar_ratio: 'no drawdown',
      win_rate_trades: 'no closed trades',
      exposure: 'no positions given',
      beta: 'no benchmark returns given',
    });
  });

  it('defines results for no returns, one return, constants and NaN', () => {
    const run = (values: number[]) => computeMetrics({ returns: Float64Array.from(values), periodsPerYear: 252 });
    expect(run([]).metrics).toMatchObject({ total_return: null, max_drawdown: null, var_95: null, observations: 0 });
    expect(run([0.1]).metrics).toMatchObject({ total_return: expect.closeTo(0.1), sharpe_ratio: null, var_99: 0.1 });
    // 0.1 has no exact mean; a spread of rounding errors must not become a Sharpe ratio
    expect(run(new Array(7).fill(0.1)).metrics).toMatchObject({ sharpe_ratio: null, volatility: 0, skewness: null });
    const shaken = run([1e-15, -2e-15, 1e-15, 3e-15]).metrics;
    expect(shaken).toMatchObject({ sharpe_ratio: null, total_return: expect.closeTo(0, 12) });
    expect(run([0.1, 0.1 + 1e-15, 0.1]).metrics.sharpe_ratio).toBeNull();
    expect(run([0.1, 0.1 + 1e-11, 0.1]).metrics.sharpe_ratio).toBeGreaterThan(1e10);
    const broken = run([0.1, NaN, 0.2]);
    expect(broken.metrics).toMatchObject({ total_return: null, sharpe_ratio: null, observations: 3 });
    expect(broken.reasons.total_return).toBe('returns[1] is NaN');
  });

  it('warns below 60 observations only', () => {
    const wave = (n: number) =>
      computeMetrics({ returns: Float64Array.from({ length: n }, (_, t) => (t % 3) - 0.9), periodsPerYear: 1 });
    expect(wave(59).warnings).toEqual(['sharpe_ratio rests on fewer than 60 observations']);
    expect(wave(60).warnings).toEqual([]);
  });

  it('refuses a period count that is not positive', () => {
    expect(() => computeMetrics({ returns: new Float64Array(), periodsPerYear: 0 })).toThrow(
      'periodsPerYear must be a positive number, was 0',
    );
  });

  it.each([...Object.entries(hostileReturns()), ...Object.entries(brokenReturns())])(
    'gives a finite number or null with a reason for every metric on %s',
    (_kind, r) => {
      const result = computeMetrics({
        returns: r,
        periodsPerYear: 252,
        positions: r,
        trades: [],
        benchmarkReturns: besides(r),
      });
      expect(numbersIn(result.metrics, (x) => !Number.isFinite(x))).toEqual([]);
      const undefinedKeys = Object.keys(result.metrics).filter((key) => result.metrics[key] === null);
      expect(Object.keys(result.reasons).sort()).toEqual(undefinedKeys.sort());
      for (const why of Object.values(result.reasons)) expect(why).not.toBe('');
    },
  );

  it('says which series is at fault', () => {
    const r = Float64Array.of(0.01, -0.02, 0.03);
    const run = (more: Partial<MetricsInput>) => computeMetrics({ returns: r, periodsPerYear: 252, ...more }).reasons;
    expect(run({ benchmarkReturns: Float64Array.of(0, NaN, 1) }).beta).toBe('benchmarkReturns[1] is NaN');
    expect(run({ positions: Float64Array.of(0, 1, Infinity) })).toMatchObject({
      exposure: 'positions[2] is Infinity',
      turnover: 'positions[2] is Infinity',
    });
    expect(run({ benchmarkReturns: new Float64Array(3) }).alpha).toBe('the benchmark does not vary');
    expect(() => run({ positions: new Float64Array(2) })).toThrow('positions must have 3 values like returns, had 2');
  });
});
