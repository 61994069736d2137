import { hasMissing } from '../series';
import { quantileOfSorted } from './moments';

/**
 * Historical value at risk: the (1 - level) quantile of the returns (type 7), a return and so usually negative;
 * null for no returns or one that is not finite. No normal distribution is assumed.
 */
export function valueAtRisk(returns: Float64Array, level: number): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  return quantileOfSorted(Float64Array.from(returns).sort(), 1 - level);
}

/** Mean of the returns at or below the value at risk (expected shortfall); null where that is. */
export function conditionalValueAtRisk(returns: Float64Array, level: number): number | null {
  const limit = valueAtRisk(returns, level);
  if (limit === null) return null;
  let sum = 0;
  let count = 0;
  for (let t = 0; t < returns.length; t++) {
    if (returns[t] <= limit) {
      sum += returns[t];
      count += 1;
    }
  }
  return sum / count;
}
