/**
 * Exponential mean seeded with the simple mean of its first `seed` values: e += alpha (x - e).
 * State: [count, mean]. The increment form keeps a constant series exact.
 */
export const exponentialMeanSize = 2;

/** NaN until `seed` values were taken. A missing x starts afresh. */
export function exponentialMeanStep(s: Float64Array, o: number, seed: number, alpha: number, x: number): number {
  if (x - x !== 0) {
    s[o] = 0;
    return NaN;
  }
  const count = s[o];
  if (count < seed) {
    s[o] = count + 1;
    const before = count === 0 ? 0 : s[o + 1];
    s[o + 1] = before + (x - before) / (count + 1);
    return count + 1 === seed ? s[o + 1] : NaN;
  }
  s[o + 1] += alpha * (x - s[o + 1]);
  return s[o + 1];
}

/** The seed value over x[from .. from + seed), as `exponentialMeanStep` builds it. */
export function seedMean(x: Float64Array, from: number, seed: number): number {
  let mean = 0;
  for (let k = 0; k < seed; k++) mean += (x[from + k] - mean) / (k + 1);
  return mean;
}
