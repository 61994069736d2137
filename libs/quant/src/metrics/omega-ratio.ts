import { hasMissing } from '../series';

/**
 * Sum of gains over the threshold / sum of shortfalls under it (Keating & Shadwick 2002).
 * @param annualThreshold fraction per year, converted geometrically: (1 + a)^(1/P) - 1.
 * @returns null when nothing falls short of the threshold or a return is not finite.
 */
export function omegaRatio(returns: Float64Array, periodsPerYear: number, annualThreshold = 0): number | null {
  if (hasMissing(returns)) return null;
  const threshold = (1 + annualThreshold) ** (1 / periodsPerYear) - 1;
  let gains = 0;
  let shortfalls = 0;
  for (let t = 0; t < returns.length; t++) {
    const excess = returns[t] - threshold;
    if (excess > 0) gains += excess;
    else shortfalls -= excess;
  }
  return shortfalls > 0 ? gains / shortfalls : null;
}
