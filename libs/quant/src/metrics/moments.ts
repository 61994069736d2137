import { hasMissing, isMissing } from '../series';

/** Arithmetic mean; NaN for no values. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** True if every value equals the first: then the spread is exactly zero whatever rounding says of the mean. */
function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/**
 * Sample standard deviation (ddof 1), two-pass; exactly 0 for constant values, NaN below two values.
 * @param centre `mean(values)`, where it is known already.
 */
export function sampleStd(values: Float64Array, centre?: number): number {
  const n = values.length;
  if (n < 2) return NaN;
  if (isConstant(values)) return 0;
  const middle = centre ?? mean(values);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (values[i] - middle) * (values[i] - middle);
  return Math.sqrt(sum / (n - 1));
}

/** Population central moment of the given order. */
function centralMoment(values: Float64Array, centre: number, order: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** order;
  return sum / values.length;
}

/** Powers of a spread near the ends of the number range leave it. */
function orNull(ratio: number): number | null {
  return isMissing(ratio) ? null : ratio;
}

/** Population skewness g3 = m3 / m2^1.5; null for fewer than two, constant or non-finite values. */
export function skewness(values: Float64Array): number | null {
  if (values.length < 2 || isConstant(values) || hasMissing(values)) return null;
  const centre = mean(values);
  return orNull(centralMoment(values, centre, 3) / centralMoment(values, centre, 2) ** 1.5);
}

/** Population kurtosis g4 = m4 / m2^2, non-excess (normal = 3); null for fewer than two, constant or non-finite values. */
export function kurtosis(values: Float64Array): number | null {
  if (values.length < 2 || isConstant(values) || hasMissing(values)) return null;
  const centre = mean(values);
  return orNull(centralMoment(values, centre, 4) / centralMoment(values, centre, 2) ** 2);
}

/** Quantile with linear interpolation (Hyndman & Fan type 7, numpy's default) of ascending values; NaN for none. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const position = (n - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, n - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
