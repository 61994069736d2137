import { hasMissing } from '../series';
import { quantileOfSorted } from './moments';

/** |95 % quantile| / |5 % quantile| of the returns (type 7); null when the lower one is 0, for no returns or one that is not finite. */
export function tailRatio(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  const sorted = Float64Array.from(returns).sort();
  const lower = Math.abs(quantileOfSorted(sorted, 0.05));
  return lower > 0 ? Math.abs(quantileOfSorted(sorted, 0.95)) / lower : null;
}
