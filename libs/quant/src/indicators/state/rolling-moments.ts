/**
 * Rolling mean and sum of squared deviations M2, O(1) amortised, by the updating formulas of Welford and West (1979)
 * for one value in and one out: [count, head, run, last, mean, M2, peak, age, ring...].
 *
 * No sum of squares, so no cancellation at high price levels. A window of equal values gives its value and exactly 0.
 * Both are rebuilt from the window (two passes) every 8 windows, and at once when M2 has shrunk a millionfold since
 * the last rebuild.
 */
export const rollingMomentsSize = (window: number): number => window + 8;
/** Windows between two rebuilds by age, and the factor of shrinking that asks for one at once. */
export const REBUILD_WINDOWS = 8;
export const SHRINK = 1e6;
/** Where to find the results in the state after a step. */
export const MEAN = 4;
export const M2 = 5;

/** True when the window is full; then s[o + MEAN] and s[o + M2] hold the moments. A missing x starts afresh. */
export function rollingMomentsStep(s: Float64Array, o: number, window: number, x: number): boolean {
  if (x - x !== 0) {
    s.fill(0, o, o + 8);
    return false;
  }
  const ring = o + 8;
  const count = s[o];
  const head = s[o + 1];
  const run = count > 0 && x === s[o + 3] ? s[o + 2] + 1 : 1;
  const old = s[ring + head];
  s[ring + head] = x;
  const next = head + 1 === window ? 0 : head + 1;
  s[o + 1] = next;
  s[o + 2] = run;
  s[o + 3] = x;
  if (count < window) {
    s[o] = count + 1;
    if (count + 1 < window) return false;
    rebuild(s, o, ring, next, window);
  } else {
    const before = s[o + MEAN];
    const delta = x - old;
    const mean = before + delta * (1 / window);
    const m2 = s[o + M2] + delta * (x - mean + (old - before));
    s[o + MEAN] = mean;
    s[o + M2] = m2;
    if (m2 > s[o + 6]) s[o + 6] = m2;
    if (++s[o + 7] === REBUILD_WINDOWS * window || m2 * SHRINK < s[o + 6]) rebuild(s, o, ring, next, window);
  }
  if (run >= window) {
    s[o + MEAN] = x;
    s[o + M2] = 0;
  }
  return true;
}

function rebuild(s: Float64Array, o: number, ring: number, oldest: number, window: number): void {
  let sum = 0;
  for (let k = oldest; k < window; k++) sum += s[ring + k];
  for (let k = 0; k < oldest; k++) sum += s[ring + k];
  const mean = sum / window;
  let m2 = 0;
  for (let k = oldest; k < window; k++) m2 += (s[ring + k] - mean) * (s[ring + k] - mean);
  for (let k = 0; k < oldest; k++) m2 += (s[ring + k] - mean) * (s[ring + k] - mean);
  s[o + MEAN] = mean;
  s[o + M2] = m2;
  s[o + 6] = m2;
  s[o + 7] = 0;
}

/**
 * `rollingMomentsStep` over the gap-free run x[from .. to): means and M2 to the given columns from
 * from + window - 1 on. The columns may be any scratch of the run's length.
 */
export function rollingMomentsRun(
  x: Float64Array,
  from: number,
  to: number,
  window: number,
  means: Float64Array,
  m2s: Float64Array,
): void {
  const share = 1 / window;
  let i = from + window - 1;
  let run = i === from ? 0 : 1;
  for (let k = from + 1; k < i; k++) run = x[k] === x[k - 1] ? run + 1 : 1;
  while (i < to) {
    run = run > 0 && x[i] === x[i - 1] ? run + 1 : 1;
    let mean = 0;
    for (let k = i - window + 1; k <= i; k++) mean += x[k];
    mean /= window;
    let m2 = 0;
    for (let k = i - window + 1; k <= i; k++) m2 += (x[k] - mean) * (x[k] - mean);
    let peak = m2;
    if (run >= window) {
      mean = x[i];
      m2 = 0;
    }
    means[i] = mean;
    m2s[i] = m2;
    const end = Math.min(to, i + REBUILD_WINDOWS * window);
    for (i++; i < end; i++) {
      const value = x[i];
      const old = x[i - window];
      const before = mean;
      const delta = value - old;
      mean = before + delta * share;
      m2 += delta * (value - mean + (old - before));
      if (m2 > peak) peak = m2;
      else if (m2 * SHRINK < peak) break;
      if (value !== x[i - 1]) run = 1;
      else if (++run >= window) {
        mean = value;
        m2 = 0;
      }
      means[i] = mean;
      m2s[i] = m2;
    }
  }
}
