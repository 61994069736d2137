import { hasMissing } from '../series';
import { mean } from './moments';

/**
 * mean / sqrt(mean over all n of min(r, 0)^2) x sqrt(P); null for no returns, no negative one or one that is not finite.
 * The downside deviation divides by all n (Sortino & Price 1994), not by the number of losses.
 */
export function sortinoRatio(returns: Float64Array, periodsPerYear: number): number | null {
  if (hasMissing(returns)) return null;
  let squares = 0;
  for (let t = 0; t < returns.length; t++) if (returns[t] < 0) squares += returns[t] * returns[t];
  if (squares === 0) return null;
  return (mean(returns) / Math.sqrt(squares / returns.length)) * Math.sqrt(periodsPerYear);
}
