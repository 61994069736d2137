import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { mean, sampleStd } from './moments';

/** Fewer observations than this give a Sharpe ratio that says little; results flag it. */
export const MIN_SHARPE_OBSERVATIONS = 60;

/**
 * mean / std(ddof 1) x sqrt(P), risk-free rate 0; null below two returns, for a return that is not finite, or without any
 * variation but that of rounding (a standard deviation that equals 0 as a pure number).
 * Sharpe (1994), The Sharpe Ratio.
 */
export function sharpeRatio(returns: Float64Array, periodsPerYear: number): number | null {
  if (returns.length < 2) return null;
  const std = sampleStd(returns);
  return isAbove(std, 0, PURE_NUMBER) ? (mean(returns) / std) * Math.sqrt(periodsPerYear) : null;
}

/** Sharpe ratio of each trailing window; NaN for the first window - 1 bars and where a window does not vary. */
export function rollingSharpe(returns: Float64Array, window: number, periodsPerYear: number): Float64Array {
  if (!Number.isInteger(window) || window < 2)
    throw new RangeError(`window must be an integer of at least 2, was ${window}`);
  const out = new Float64Array(returns.length).fill(NaN);
  for (let end = window; end <= returns.length; end++) {
    out[end - 1] = sharpeRatio(returns.subarray(end - window, end), periodsPerYear) ?? NaN;
  }
  return out;
}
