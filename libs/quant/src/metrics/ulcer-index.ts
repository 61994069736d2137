import { hasMissing } from '../series';
import { equityCurve } from './total-return';

/** Depth below the highest equity so far, per bar, as a positive fraction; the start counts as a peak. */
export function drawdownDepths(returns: Float64Array): Float64Array {
  let peak = 1;
  return equityCurve(returns).map((equity) => {
    if (equity > peak) peak = equity;
    return 1 - equity / peak;
  });
}

/** sqrt(mean over all bars of the squared depth below the peak), a fraction (Martin & McCann 1989 state it in percent); null for no returns or one that is not finite. */
export function ulcerIndex(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  return Math.sqrt(drawdownDepths(returns).reduce((sum, depth) => sum + depth * depth, 0) / returns.length);
}

/** Share of bars whose equity ends below its peak; null for no returns or one that is not finite. */
export function timeUnderWater(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  return drawdownDepths(returns).reduce((count, depth) => count + Number(depth > 0), 0) / returns.length;
}
