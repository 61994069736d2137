import { hasMissing } from '../series';
import { sampleStd } from './moments';

/** std(ddof 1) x sqrt(P); null below two returns or for one that is not finite. */
export function volatility(returns: Float64Array, periodsPerYear: number): number | null {
  return returns.length < 2 || hasMissing(returns) ? null : sampleStd(returns) * Math.sqrt(periodsPerYear);
}
