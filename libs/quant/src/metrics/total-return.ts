import { hasMissing } from '../series';

/** Product of (1 + r) minus 1, floored at -1 (ruin); null for no returns or one that is not finite. */
export function totalReturn(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  let value = 1;
  for (let t = 0; t < returns.length; t++) {
    value *= 1 + returns[t];
    if (value <= 0) return -1;
  }
  return value - 1;
}

/** Equity from 1, compounded, floored at 0 from the first ruin on; same length as `returns`. */
export function equityCurve(returns: Float64Array): Float64Array {
  const equity = new Float64Array(returns.length);
  let value = 1;
  for (let t = 0; t < returns.length; t++) {
    value = Math.max(0, value * (1 + returns[t]));
    equity[t] = value;
  }
  return equity;
}
