import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { hasMissing } from '../series';
import { mean, sampleStd } from './moments';

function activeReturns(returns: Float64Array, benchmark: Float64Array): Float64Array {
  if (returns.length !== benchmark.length)
    throw new RangeError(`benchmarkReturns must have ${returns.length} values like returns, had ${benchmark.length}`);
  return returns.map((r, t) => r - benchmark[t]);
}

/** std(ddof 1) of return minus benchmark x sqrt(P); null below two returns or for values that are not finite. */
export function trackingError(returns: Float64Array, benchmark: Float64Array, periodsPerYear: number): number | null {
  const active = activeReturns(returns, benchmark);
  return active.length < 2 || hasMissing(active) ? null : sampleStd(active) * Math.sqrt(periodsPerYear);
}

/** mean / std(ddof 1) of return minus benchmark x sqrt(P) (Grinold & Kahn 1999); null where the two do not differ by more than a constant. */
export function informationRatio(
  returns: Float64Array,
  benchmark: Float64Array,
  periodsPerYear: number,
): number | null {
  const active = activeReturns(returns, benchmark);
  if (active.length < 2 || hasMissing(active)) return null;
  const std = sampleStd(active);
  return isAbove(std, 0, PURE_NUMBER) ? (mean(active) / std) * Math.sqrt(periodsPerYear) : null;
}
