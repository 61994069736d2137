import { hasMissing } from '../series';

/** sqrt(mean over all n of min(r, 0)^2) per bar; null for no returns or one that is not finite (Sortino & Price 1994). */
export function downsideDeviationPerBar(returns: Float64Array): number | null {
  if (returns.length === 0 || hasMissing(returns)) return null;
  let squares = 0;
  for (let t = 0; t < returns.length; t++) if (returns[t] < 0) squares += returns[t] * returns[t];
  return Math.sqrt(squares / returns.length);
}

/** Downside deviation x sqrt(P), 0 without a negative return; null where there is none per bar. Give excess returns for another target than 0. */
export function downsideDeviation(returns: Float64Array, periodsPerYear: number): number | null {
  const perBar = downsideDeviationPerBar(returns);
  return perBar === null ? null : perBar * Math.sqrt(periodsPerYear);
}
