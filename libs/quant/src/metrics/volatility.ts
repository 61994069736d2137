import { sampleStd } from './moments';

/** std(ddof 1) x sqrt(P); null below two returns. */
export function volatility(returns: Float64Array, periodsPerYear: number): number | null {
  return returns.length < 2 ? null : sampleStd(returns) * Math.sqrt(periodsPerYear);
}
