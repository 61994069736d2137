import { hasMissing } from '../series';
import { quantileOfSorted } from './moments';

/** A quantile between two returns carries an error of a few last places of the larger: what is smaller than this share of it is 0. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * |95 % quantile| / |5 % quantile| of the returns (type 7); null when the lower one is 0 up to rounding, for no returns or one that is
 * not finite.
 */
export function tailRatio(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  const sorted = Float64Array.from(returns).sort();
  const lower = Math.abs(quantileOfSorted(sorted, 0.05));
  const largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  return lower > ROUNDING * largest ? Math.abs(quantileOfSorted(sorted, 0.95)) / lower : null;
}
