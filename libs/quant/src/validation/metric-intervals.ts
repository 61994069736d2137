import { isTie, PURE_NUMBER } from '../comparison/comparison';
import { requireThat } from '../errors/invalid-input';
import {
  closedTrades,
  computeMetrics,
  computeMetricsOf,
  mean,
  METRIC_KEYS,
  METRICS_OF_TRADING,
  quantileOfSorted,
  sampleStd,
  type MetricKey,
  type MetricsInput,
  type TradeOutcome,
} from '../metrics';
import { blockResampler, politisWhite, type BlockScheme } from './bootstrap';
import { normalCdf, normalQuantile } from './normal-distribution';

/**
 * `percentile`: quantiles of the resampled values (Efron 1979). `bca`: the same at levels that are corrected for bias and for the
 * acceleration of the error, the latter by leaving out one of up to 100 stretches of bars at a time (Efron 1987).
 */
export type IntervalKind = 'percentile' | 'bca';

/** Fewer bars, or closed trades, say too little about others of their kind. */
export const MIN_RESAMPLED = 20;

/** Bars and closed trades times resamples of one call: some 20 s of one core. */
export const MOST_RESAMPLED_BARS = 20_000_000;
/** A resample costs as much as so many bars at least. */
export const LEAST_COST_BARS = 200;
export const USUAL_RESAMPLES = 1000;
export const LEAST_RESAMPLES = 100;

export interface IntervalsInput extends MetricsInput {
  /** Default: all metrics. */
  readonly keys?: readonly MetricKey[];
  readonly seed: number | string;
  /** Default 1,000, or as many as a call may make over so many bars. */
  readonly resamples?: number;
  /** Default `stationary`. */
  readonly scheme?: BlockScheme;
  /** Default `percentile`. */
  readonly kind?: IntervalKind;
  /** Bars of a block; default by `politisWhite`. Trades always have their own. */
  readonly block?: number;
}

/** A metric with its interval; null where it has none, and why. */
export interface MetricInterval {
  readonly key: MetricKey;
  readonly value: number | null;
  /** Standard deviation of the resampled values. */
  readonly standardError: number | null;
  readonly lower90: number | null;
  readonly upper90: number | null;
  readonly lower95: number | null;
  readonly upper95: number | null;
  /** Why a figure of this row is null. */
  readonly reason: string | null;
}

export interface MetricIntervals {
  readonly observations: number;
  readonly closedTrades: number;
  readonly resamples: number;
  readonly scheme: BlockScheme;
  readonly kind: IntervalKind;
  /** Bars of a block, of the stationary scheme on average; null for trades too few to resample. */
  readonly block: number;
  readonly tradeBlock: number | null;
  readonly intervals: readonly MetricInterval[];
  readonly warnings: readonly string[];
}

const LEVELS = [0.05, 0.95, 0.025, 0.975] as const;
/** Above it the values that are left speak of some resamples only. */
const MOST_UNDEFINED = 0.05;
const MOST_STRETCHES = 100;
const FEW_BLOCKS = 10;

/** What is no estimate, or does not survive another order of the bars. */
const WITHOUT: Partial<Record<MetricKey, string>> = {
  observations: 'a count and no estimate',
  trade_count: 'a count and no estimate',
  turnover: 'changes from bar to bar do not survive the seams of blocks',
};

const ofTrades = (key: MetricKey): boolean => METRICS_OF_TRADING.has(key) && key !== 'exposure';

/**
 * Block length that fits the series and its squared deviations, the longer of the two: volatility lasts where returns do not, and
 * the spread of a Sharpe ratio, a volatility or a drawdown rests on both.
 */
export function lastingBlock(series: Float64Array, scheme: BlockScheme = 'stationary'): number {
  const centre = mean(series);
  const longest = Math.max(
    politisWhite(series, scheme),
    politisWhite(
      series.map((x) => (x - centre) ** 2),
      scheme,
    ),
  );
  return scheme === 'circular' ? Math.round(longest) : longest;
}

/** Values of some metrics over a sample of the given places, the same memory at every call. */
type Sampled = (places: ArrayLike<number>) => (number | null)[];

function overBars(keys: readonly MetricKey[], input: MetricsInput, n: number): Sampled {
  const { returns, positions, benchmarkReturns, riskFreeReturns, periodsPerYear } = input;
  const taken = (column: Float64Array): [Float64Array, Float64Array] => [column, new Float64Array(n)];
  const columns = {
    returns: taken(returns),
    ...(positions ? { positions: taken(positions) } : {}),
    ...(benchmarkReturns ? { benchmarkReturns: taken(benchmarkReturns) } : {}),
    ...(riskFreeReturns ? { riskFreeReturns: taken(riskFreeReturns) } : {}),
  };
  return (places) => {
    const of = Object.fromEntries(
      Object.entries(columns).map(([name, [from, memory]]) => {
        for (let t = 0; t < places.length; t++) memory[t] = from[places[t]];
        return [name, memory.subarray(0, places.length)];
      }),
    ) as Pick<MetricsInput, 'returns'>;
    return computeMetricsOf(keys, { ...of, periodsPerYear });
  };
}

function overTrades(keys: readonly MetricKey[], trades: readonly TradeOutcome[]): Sampled {
  const returns = new Float64Array(0);
  return (places) =>
    computeMetricsOf(keys, { returns, periodsPerYear: 1, trades: Array.from(places, (place) => trades[place]) });
}

interface Resampling {
  keys: readonly MetricKey[];
  sampled: Sampled;
  n: number;
  next: (indices: Int32Array) => void;
  resamples: number;
}

/** Values of each key over all resamples. */
function resampledValues({ keys, sampled, n, next, resamples }: Resampling): Map<MetricKey, Float64Array> {
  const values = keys.map(() => new Float64Array(resamples));
  const indices = new Int32Array(n);
  for (let b = 0; b < (keys.length === 0 ? 0 : resamples); b++) {
    next(indices);
    sampled(indices).forEach((value, k) => (values[k][b] = value ?? NaN));
  }
  return new Map(keys.map((key, k) => [key, values[k]]));
}

/** Values of each key with one stretch left out after the other. */
function jackknifeValues({ keys, sampled, n }: Resampling): Map<MetricKey, Float64Array> {
  const stretches = Math.min(MOST_STRETCHES, n);
  const values = keys.map(() => new Float64Array(stretches));
  for (let g = 0; g < (keys.length === 0 ? 0 : stretches); g++) {
    const [from, to] = [g, g + 1].map((edge) => Math.floor((edge * n) / stretches));
    const places = Int32Array.from({ length: n - (to - from) }, (_, i) => (i < from ? i : i + to - from));
    sampled(places).forEach((value, k) => (values[k][g] = value ?? NaN));
  }
  return new Map(keys.map((key, k) => [key, values[k]]));
}

/** Skewness of the influence of the stretches / 6: sum d^3 / (6 (sum d^2)^1.5), d how far each leaves the mean; 0 where none has any. */
function acceleration(left: Float64Array): number {
  const centre = mean(left);
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** At which share of the resampled values a level stands; NaN where the corrections leave none. */
function correctedLevel(level: number, bias: number, accelerated: number): number {
  const moved = bias + normalQuantile(level);
  const room = 1 - accelerated * moved;
  return room > 0 ? normalCdf(bias + moved / room) : NaN;
}

type Bounds = Omit<MetricInterval, 'key' | 'value'>;

const none = (reason: string, standardError: number | null = null): Bounds => ({
  ...{ standardError, lower90: null, upper90: null, lower95: null, upper95: null, reason },
});

/** Bounds by the resampled values of one metric. @param left values without each stretch, for `bca` */
function boundsOf(value: number, resampled: Float64Array, left: Float64Array | undefined): Bounds {
  const defined = resampled.filter((x) => !Number.isNaN(x)).sort();
  const undefinedCount = resampled.length - defined.length;
  if (undefinedCount > MOST_UNDEFINED * resampled.length)
    return none(`undefined in ${undefinedCount} of ${resampled.length} resamples`);
  const standardError = sampleStd(defined);
  let levels: readonly number[] = LEVELS;
  if (left) {
    const below = defined.reduce((count, x) => count + (isTie(x, value, PURE_NUMBER) ? 0.5 : x < value ? 1 : 0), 0);
    const bias = normalQuantile(below / defined.length);
    if (!Number.isFinite(bias)) return none('every resampled value lies on one side of it', standardError);
    if (left.some(Number.isNaN)) return none('undefined without one part of the series', standardError);
    const accelerated = acceleration(left);
    levels = LEVELS.map((level) => correctedLevel(level, bias, accelerated));
    if (levels.some(Number.isNaN)) return none('the corrections leave no level', standardError);
  }
  const [lower90, upper90, lower95, upper95] = levels.map((level) => quantileOfSorted(defined, level));
  return { standardError, lower90, upper90, lower95, upper95, reason: null };
}

/**
 * Every metric with intervals of 90 and 95 % by a block bootstrap: of bars, whose returns, positions, benchmark and cash are drawn
 * together, and of closed trades for what is made of trades. One set of resamples serves all metrics; the same seed gives the same
 * first resamples whatever their number.
 * @throws InvalidInputError for fewer than 20 returns, a return that is not finite, or more work than a call may make.
 */
export function metricIntervals(input: IntervalsInput): MetricIntervals {
  const { returns, keys = METRIC_KEYS, seed, scheme = 'stationary', kind = 'percentile' } = input;
  const n = returns.length;
  requireThat(n >= MIN_RESAMPLED, 'returns.length', `at least ${MIN_RESAMPLED}`, n);
  const closed = input.trades && closedTrades(input.trades);
  const trades = closed?.length ?? 0;
  const most = Math.floor(MOST_RESAMPLED_BARS / (Math.max(n, LEAST_COST_BARS) + trades));
  const { resamples = Math.max(LEAST_RESAMPLES, Math.min(USUAL_RESAMPLES, most)) } = input;
  const whole = Number.isInteger(resamples) && resamples >= LEAST_RESAMPLES;
  requireThat(whole, 'resamples', `an integer of at least ${LEAST_RESAMPLES}`, resamples);
  const over = `${n} returns${trades > 0 ? ` and ${trades} closed trades` : ''}`;
  requireThat(resamples <= most, 'resamples', `at most ${most} over ${over}`, resamples);
  const broken = returns.findIndex((r) => !Number.isFinite(r));
  if (broken >= 0) requireThat(false, `returns[${broken}]`, 'finite', returns[broken]);
  const { block = lastingBlock(returns, scheme) } = input;
  requireThat(block >= 1 && block <= n, 'block', `a number from 1 to ${n}`, block);
  const { metrics, reasons } = computeMetrics(input);
  const whyNoTrades =
    closed === undefined || closed.length < MIN_RESAMPLED
      ? `fewer than ${MIN_RESAMPLED} closed trades`
      : closed.some(({ netReturn }) => !Number.isFinite(netReturn))
        ? 'the return of a trade is not finite'
        : null;
  const tradeBlock =
    closed && whyNoTrades === null
      ? lastingBlock(
          Float64Array.from(closed, ({ netReturn }) => netReturn),
          scheme,
        )
      : null;

  const wanted = keys.filter((key) => metrics[key] !== null && WITHOUT[key] === undefined);
  const barKeys = wanted.filter((key) => !ofTrades(key));
  const parts: Resampling[] = [
    {
      ...{ keys: barKeys, sampled: overBars(barKeys, input, n), n, resamples },
      next: blockResampler(scheme, seed, n, block),
    },
  ];
  if (closed && tradeBlock !== null) {
    const [tradeKeys, count] = [wanted.filter(ofTrades), closed.length];
    const next = blockResampler(scheme, `${seed} trades`, count, tradeBlock);
    parts.push({ keys: tradeKeys, sampled: overTrades(tradeKeys, closed), n: count, resamples, next });
  }
  const drawn = new Map(parts.flatMap((part) => [...resampledValues(part)]));
  const left = new Map(kind === 'bca' ? parts.flatMap((part) => [...jackknifeValues(part)]) : []);

  const intervals = keys.map((key): MetricInterval => {
    const value = metrics[key];
    const resampled = drawn.get(key);
    if (value === null) return { key, value, ...none(reasons[key]) };
    if (resampled) return { key, value, ...boundsOf(value, resampled, left.get(key)) };
    return { key, value, ...none(WITHOUT[key] ?? whyNoTrades ?? '') };
  });
  return {
    ...{ observations: n, closedTrades: closed?.length ?? 0, resamples, scheme, kind, block, tradeBlock, intervals },
    warnings:
      n / block < FEW_BLOCKS
        ? [`the returns make fewer than ${FEW_BLOCKS} blocks of ${Math.round(block)} bars: intervals are too narrow`]
        : [],
  };
}
