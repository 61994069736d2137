import { allDrawdowns } from './drawdowns';
import { equityCurve } from './total-return';
import { hasMissing } from '../series';

/** Deepest fall from a peak of the compounded equity as a positive fraction; the start counts as a peak; null for no returns or one that is not finite. */
export function maxDrawdown(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  let value = 1;
  let peak = 1;
  let deepest = 0;
  for (let t = 0; t < returns.length; t++) {
    value = Math.max(0, value * (1 + returns[t]));
    if (value > peak) peak = value;
    const depth = 1 - value / peak;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** Longest drawdown in bars, peak bar to recovery bar; an unrecovered one runs to the end; null where `maxDrawdown` is. */
export function maxDrawdownDurationBars(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  return allDrawdowns(equityCurve(returns)).reduce((longest, d) => Math.max(longest, d.durationBars), 0);
}
