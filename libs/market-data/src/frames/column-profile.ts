import {
  hasMissing,
  isMissing,
  kurtosis,
  mean,
  pearsonCorrelation,
  quantileOfSorted,
  sampleStd,
  simpleReturns,
  skewness,
} from '@assay/quant';
import { histogramOfSorted, type Histogram } from './histogram';

export const DEFAULT_BINS = 20;
/** Up to so many distinct values they are listed. */
const MOST_LISTED = 20;
const QUANTILES = { p1: 0.01, p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 };

export type Quantiles = Record<keyof typeof QUANTILES, number>;

/** One column, as answered. What no value, or none that varies, leaves undefined is null. */
export interface ColumnProfile {
  column: string;
  /** Finite values; `missing` are the others. */
  count: number;
  missing: number;
  mean: number | null;
  /** Of the sample (ddof 1). */
  std: number | null;
  min: number | null;
  max: number | null;
  /** By linear interpolation (Hyndman and Fan 7). */
  quantiles: Quantiles | null;
  zeros: number;
  distinct: number;
  /** Each value and how often it occurs, ascending, where there are 20 or fewer. */
  values: { value: number; count: number }[] | null;
  /** g1 and g2 of the population. */
  skew: number | null;
  excess_kurtosis: number | null;
  /** Pearson's correlation of each simple return of the column with the one before. */
  return_autocorrelation: number | null;
  histogram: Histogram | null;
}

/** @param returns what the autocorrelation is of; by default the simple returns of the column. */
export function profileColumn(
  column: string,
  all: Float64Array,
  bins = DEFAULT_BINS,
  returns = simpleReturns(all),
): ColumnProfile {
  const values = presentOf(all);
  const sorted = values.slice().sort();
  const n = values.length;
  const middle = n === 0 ? null : orNull(mean(values));
  const { distinct, listed } = distinctOf(sorted);
  const flatness = kurtosis(values);
  return {
    column,
    count: n,
    missing: all.length - n,
    mean: middle,
    std: middle === null ? null : orNull(sampleStd(values, middle)),
    min: n === 0 ? null : sorted[0],
    max: n === 0 ? null : sorted[n - 1],
    quantiles: n === 0 ? null : quantilesOf(sorted),
    zeros: zerosOf(sorted),
    distinct,
    values: listed,
    skew: skewness(values),
    excess_kurtosis: flatness === null ? null : flatness - 3,
    return_autocorrelation: lagOne(returns),
    histogram: histogramOfSorted(sorted, bins),
  };
}

const orNull = (value: number): number | null => (isMissing(value) ? null : value);

/** The finite values, in their order. */
export function presentOf(values: Float64Array): Float64Array {
  if (!hasMissing(values)) return values;
  const present = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i += 1) if (!isMissing(values[i])) present[n++] = values[i];
  return present.subarray(0, n);
}

function zerosOf(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i += 1) if (values[i] === 0) count += 1;
  return count;
}

function quantilesOf(sorted: Float64Array): Quantiles {
  const of = Object.entries(QUANTILES).map(([name, p]) => [name, quantileOfSorted(sorted, p)]);
  return Object.fromEntries(of) as Quantiles;
}

function distinctOf(sorted: Float64Array): { distinct: number; listed: ColumnProfile['values'] } {
  const listed: { value: number; count: number }[] = [];
  let distinct = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const isNew = i === 0 || sorted[i] !== sorted[i - 1];
    if (isNew) distinct += 1;
    if (distinct > MOST_LISTED) continue;
    // a zero has no sign here
    if (isNew) listed.push({ value: sorted[i] + 0, count: 1 });
    else listed[listed.length - 1].count += 1;
  }
  return { distinct, listed: distinct > MOST_LISTED ? null : listed };
}

/** Over the pairs of neighbours that both have a value. */
function lagOne(series: Float64Array): number | null {
  const before = new Float64Array(series.length);
  const after = new Float64Array(series.length);
  let n = 0;
  for (let t = 1; t < series.length; t += 1) {
    if (isMissing(series[t]) || isMissing(series[t - 1])) continue;
    before[n] = series[t - 1];
    after[n] = series[t];
    n += 1;
  }
  return pearsonCorrelation(before.subarray(0, n), after.subarray(0, n));
}
