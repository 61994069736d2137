import { pearsonCorrelation } from './correlation';
import { equityCurve } from './total-return';

/**
 * R^2 of the straight line through the logarithm of the equity, one point a bar: 1 for growth, or loss, at one pace. Null below two
 * returns, after a ruin, for equity that does not move and for a return that is not finite.
 */
export function stability(returns: Float64Array): number | null {
  const r = pearsonCorrelation(
    equityCurve(returns).map(Math.log),
    Float64Array.from({ length: returns.length }, (_, t) => t),
  );
  return r === null ? null : r * r;
}
