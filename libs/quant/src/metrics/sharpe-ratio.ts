import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { mean, sampleStd } from './moments';
import { excessReturns } from './risk-free';

/** Fewer observations than this give a Sharpe ratio that says little; results flag it. */
export const MIN_SHARPE_OBSERVATIONS = 60;

/**
 * mean / std(ddof 1) x sqrt(P) of the returns, or of what is above the risk-free ones; null below two returns, for a return that is not finite, or without any
 * variation but that of rounding (a standard deviation that equals 0 as a pure number).
 * Sharpe (1994), The Sharpe Ratio.
 */
export function sharpeRatio(returns: Float64Array, periodsPerYear: number, riskFree?: Float64Array): number | null {
  if (returns.length < 2) return null;
  const excess = excessReturns(returns, riskFree);
  const std = sampleStd(excess);
  return isAbove(std, 0, PURE_NUMBER) ? (mean(excess) / std) * Math.sqrt(periodsPerYear) : null;
}
