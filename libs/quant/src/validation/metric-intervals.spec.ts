import { mean, quantile, std } from '../../../testing/src/quant/naive-statistics';
import { METRIC_KEYS } from '../metrics';
import { createRng } from '../random';
import {
  LEAST_COST_BARS,
  lastingBlock,
  metricIntervals,
  MOST_RESAMPLED_BARS,
  type IntervalsInput,
} from './metric-intervals';
import { normalCdf, normalQuantile } from './normal-distribution';

const P = 252;

/** x_t - m = phi (x_(t-1) - m) + e_t, of variance 1. */
function autoregressive(phi: number, n: number, seed: number | string, m = 0): Float64Array {
  const rng = createRng(seed);
  const scale = Math.sqrt(1 - phi * phi);
  let state = rng.normal();
  return Float64Array.from({ length: n }, () => {
    const value = m + state;
    state = phi * state + scale * rng.normal();
    return value;
  });
}

const daily = (n: number, seed: number | string = 1): Float64Array =>
  autoregressive(0.2, n, seed, 0.05).map((x) => x / 100);

/** Resamples as the papers put them: the first bar at random, then with probability p a new one, else the next; or whole blocks. */
function resampled(
  x: readonly number[],
  scheme: 'stationary' | 'circular',
  seed: string,
  block: number,
  draws: number,
) {
  const rng = createRng(seed);
  const n = x.length;
  return Array.from({ length: draws }, () => {
    const bars: number[] = [];
    while (bars.length < n) {
      if (scheme === 'circular') {
        const start = rng.int(n);
        bars.push(...Array.from({ length: block }, (_, k) => (start + k) % n));
      } else if (bars.length === 0 || rng.next() < 1 / block) bars.push(rng.int(n));
      else bars.push((bars[bars.length - 1] + 1) % n);
    }
    return bars.slice(0, n).map((bar) => x[bar]);
  });
}

const sharpe = (x: readonly number[]): number => (mean(x) / std(x, 1)) * Math.sqrt(P);
const deepest = (x: readonly number[]): number => {
  const equity = x.reduce((all, r) => [...all, all[all.length - 1] * (1 + r)], [1]);
  return Math.max(...equity.map((value, i) => 1 - value / Math.max(...equity.slice(0, i + 1))));
};

describe.each(['stationary', 'circular'] as const)('%s intervals', (scheme) => {
  const returns = daily(60);
  const block = 4;
  const draws = resampled([...returns], scheme, 'twin', block, 200);
  const input: IntervalsInput = {
    ...{ returns, periodsPerYear: P, seed: 'twin', scheme, block, resamples: 200 },
    keys: ['sharpe_ratio', 'max_drawdown'],
  };

  it('are quantiles of the metrics of every resample', () => {
    const { intervals } = metricIntervals(input);
    for (const [row, metric] of [sharpe, deepest].entries()) {
      const values = draws.map(metric);
      expect(intervals[row].value).toBeCloseTo(metric([...returns]), 10);
      expect(intervals[row].standardError).toBeCloseTo(std(values, 1), 10);
      expect(intervals[row].lower90).toBeCloseTo(quantile(values, 0.05), 10);
      expect(intervals[row].upper90).toBeCloseTo(quantile(values, 0.95), 10);
      expect(intervals[row].lower95).toBeCloseTo(quantile(values, 0.025), 10);
      expect(intervals[row].upper95).toBeCloseTo(quantile(values, 0.975), 10);
    }
  });

  it('take corrected levels with bca: bias by the share below, acceleration by leaving out one bar after the other', () => {
    const { intervals } = metricIntervals({ ...input, kind: 'bca' });
    for (const [row, metric] of [sharpe, deepest].entries()) {
      const values = draws.map(metric);
      const value = metric([...returns]);
      const equal = values.filter((x) => Math.abs(x - value) < 1e-12).length;
      const bias = normalQuantile((values.filter((x) => x < value - 1e-12).length + equal / 2) / 200);
      const left = [...returns].map((_, i) => metric([...returns].filter((__, k) => k !== i)));
      const d = left.map((x) => mean(left) - x);
      const a = d.reduce((sum, x) => sum + x ** 3, 0) / (6 * d.reduce((sum, x) => sum + x ** 2, 0) ** 1.5);
      const at = (level: number): number => {
        const z = bias + normalQuantile(level);
        return quantile(values, normalCdf(bias + z / (1 - a * z)));
      };
      expect(intervals[row].lower90).toBeCloseTo(at(0.05), 8);
      expect(intervals[row].upper95).toBeCloseTo(at(0.975), 8);
    }
  });
});

describe('how often a 95 % interval holds the true Sharpe ratio of 100 series', () => {
  const truth = 0.1;
  const covered = (phi: number, more: Partial<IntervalsInput>): number => {
    let held = 0;
    for (let k = 0; k < 100; k++) {
      const returns = autoregressive(phi, 250, `series ${k}`, truth).map((x) => x / 100);
      const { intervals } = metricIntervals({
        ...{ returns, periodsPerYear: 1, seed: k, resamples: 200, keys: ['sharpe_ratio'], ...more },
      });
      const [{ lower95, upper95 }] = intervals;
      if (lower95! <= truth && truth <= upper95!) held += 1;
    }
    return held / 100;
  };

  it('is near 95 % without memory', () => {
    expect(covered(0, {})).toBeGreaterThan(0.88);
    expect(covered(0, { kind: 'bca' })).toBeGreaterThan(0.88);
  });

  it('stays near with memory where blocks follow it, and falls far below with single bars', () => {
    expect(covered(0.5, {})).toBeGreaterThan(0.83);
    expect(covered(0.5, { scheme: 'circular' })).toBeGreaterThan(0.83);
    expect(covered(0.5, { block: 1 })).toBeLessThan(0.79);
  });
});

describe('metricIntervals', () => {
  const n = 120;
  const returns = daily(n);
  const market = daily(n, 'market');
  const trades = Array.from({ length: 30 }, (_, i) => ({
    exitIndex: i === 29 ? -1 : i,
    netReturn: Math.sin(7 * i) / 50 + 0.002,
  }));
  const full: IntervalsInput = {
    ...{ returns, periodsPerYear: P, benchmarkReturns: market, trades, seed: 'all', resamples: 200 },
    positions: returns.map((_, t) => (t % 3 === 0 ? 0 : 1)),
  };
  const rowOf = (key: string, input = full) => metricIntervals(input).intervals.find((row) => row.key === key)!;

  it('has every metric of the catalogue with bounds in order, or says why it has none', () => {
    const { intervals, closedTrades, tradeBlock } = metricIntervals(full);
    expect(intervals.map(({ key }) => key)).toEqual(METRIC_KEYS);
    expect([closedTrades, tradeBlock! >= 1]).toEqual([29, true]);
    const without = intervals.filter(({ lower90 }) => lower90 === null);
    expect(without.map(({ key, reason }) => [key, reason])).toEqual([
      ['turnover', 'changes from bar to bar do not survive the seams of blocks'],
      ['trade_count', 'a count and no estimate'],
      ['observations', 'a count and no estimate'],
    ]);
    for (const { lower90, upper90, lower95, upper95, standardError, reason } of intervals) {
      if (lower90 === null) continue;
      expect([lower95! <= lower90, lower90 <= upper90!, upper90! <= upper95!, standardError! > 0, reason]).toEqual([
        ...[true, true, true, true, null],
      ]);
    }
  });

  it('draws the benchmark and the positions with the returns: a copy of the market has beta 1 in every resample', () => {
    const copy = rowOf('beta', { ...full, returns: market });
    expect([copy.value, copy.lower95, copy.upper95].map((x) => Math.round(x! * 1e9) / 1e9)).toEqual([1, 1, 1]);
    expect(rowOf('exposure').value).toBeCloseTo(2 / 3, 12);
  });

  it('is a function of seed and series, and with more resamples begins with the same', () => {
    expect(metricIntervals(full)).toEqual(metricIntervals(full));
    expect(rowOf('sharpe_ratio', { ...full, seed: 'other' }).lower95).not.toBe(rowOf('sharpe_ratio').lower95);
    const alone = metricIntervals({ ...full, keys: ['sharpe_ratio'] }).intervals[0];
    expect(alone).toEqual(rowOf('sharpe_ratio'));
  });

  it('says why a metric has no interval', () => {
    expect(rowOf('beta', { ...full, benchmarkReturns: undefined }).reason).toBe('no benchmark returns given');
    expect(rowOf('expectancy', { ...full, trades: trades.slice(0, 19) })).toMatchObject({
      ...{ standardError: null, reason: 'fewer than 20 closed trades' },
    });
    const broken = trades.map((trade, i) => (i === 3 ? { ...trade, netReturn: NaN } : trade));
    expect(rowOf('win_rate_trades', { ...full, trades: broken }).reason).toBe('the return of a trade is not finite');
    // one loss in 30 trades is missing in many resamples
    const oneLoss = trades.map((trade, i) => ({ ...trade, netReturn: i === 0 ? -0.01 : 0.01 }));
    expect(rowOf('profit_factor', { ...full, trades: oneLoss }).reason).toMatch(/^undefined in \d+ of 200 resamples$/);
    // the deepest fall of what falls at every bar is the whole of it, in any order
    const falling = new Float64Array(40).fill(-0.01);
    expect(
      rowOf('max_drawdown', { ...full, ...{ returns: falling, positions: undefined, benchmarkReturns: undefined } }),
    ).toMatchObject({ reason: null, standardError: 0 });
  });

  it('takes longer blocks where the volatility lasts, though returns have no memory', () => {
    const rng = createRng('calm and storm');
    let storm = 1;
    const lasting = Float64Array.from({ length: 2000 }, () => {
      if (rng.next() < 0.02) storm = storm === 1 ? 4 : 1;
      return storm * rng.normal();
    });
    const shuffled = createRng(1).shuffle(lasting.slice());
    expect(lastingBlock(lasting)).toBeGreaterThan(3 * lastingBlock(shuffled));
    expect(Number.isInteger(lastingBlock(lasting, 'circular'))).toBe(true);
  });

  it('warns of too few blocks', () => {
    expect(metricIntervals({ ...full, keys: [], block: 13 }).warnings).toEqual([
      'the returns make fewer than 10 blocks of 13 bars: intervals are too narrow',
    ]);
    expect(metricIntervals({ ...full, keys: [], block: 12 }).warnings).toEqual([]);
  });

  it.each<[string, Partial<IntervalsInput>]>([
    ['returns.length must be at least 20, was 19', { returns: returns.slice(0, 19) }],
    ['returns[3] must be finite, was NaN', { returns: returns.map((r, t) => (t === 3 ? NaN : r)) }],
    ['resamples must be an integer of at least 100, was 99', { resamples: 99 }],
    [
      `resamples must be at most ${Math.floor(MOST_RESAMPLED_BARS / (LEAST_COST_BARS + 29))} over 120 returns and 29 closed trades, was 100000`,
      { resamples: 100_000 },
    ],
    ['resamples must be at most 100000 over 120 returns, was 100001', { resamples: 100_001, trades: undefined }],
    [
      'resamples must be at most 514 over 120 returns and 38667 closed trades, was 1000',
      { resamples: 1000, trades: Array.from({ length: 40_000 }, (_, i) => trades[i % trades.length]!) },
    ],
    ['block must be a number from 1 to 120, was 121', { block: 121 }],
  ])('refuses: %s', (message, more) => {
    const cut = more.returns ? { positions: undefined, benchmarkReturns: undefined } : {};
    expect(() => metricIntervals({ ...full, ...cut, ...more })).toThrow(message);
  });
});
