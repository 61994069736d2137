import { downsideDeviationPerBar } from './downside-deviation';
import { mean } from './moments';
import { excessReturns } from './risk-free';

/**
 * mean / sqrt(mean over all n of min(r, 0)^2) x sqrt(P) of the returns, or of what is above the risk-free ones; null for no returns,
 * no negative one or one that is not finite. The downside deviation divides by all n (Sortino & Price 1994), not by the number of losses.
 */
export function sortinoRatio(returns: Float64Array, periodsPerYear: number, riskFree?: Float64Array): number | null {
  const excess = excessReturns(returns, riskFree);
  const deviation = downsideDeviationPerBar(excess);
  return deviation === null || deviation === 0 ? null : (mean(excess) / deviation) * Math.sqrt(periodsPerYear);
}
