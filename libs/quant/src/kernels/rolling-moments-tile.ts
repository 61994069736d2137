import { REBUILD_WINDOWS, SHRINK } from '../indicators/state/rolling-moments';

/** Numbers carried from tile to tile: mean, M2, peak of M2, bar of the next rebuild, run of equal values. */
export const MOMENT_CARRY = 5;

/**
 * Rolling mean and M2 of x for bars [from, to) of one window, with the bits of `rollingMomentsRun`, resumed from
 * `carry` at offset `at` (zeros before the first bar). Results go to means[0 ..] and m2s[0 ..]; bars before
 * window - 1 are not written. Tiles follow each other without gaps from bar 0.
 */
export function momentsTile(
  x: Float64Array,
  from: number,
  to: number,
  window: number,
  carry: Float64Array,
  at: number,
  means: Float64Array,
  m2s: Float64Array,
): void {
  const share = 1 / window;
  let run = carry[at + 4];
  let i = from;
  const first = window - 1;
  for (const end = Math.min(to, first); i < end; i++) run = i > 0 && x[i] === x[i - 1] ? run + 1 : 1;
  let mean = carry[at];
  let m2 = carry[at + 1];
  let peak = carry[at + 2];
  let rebuildAt = i <= first ? first : carry[at + 3];
  while (i < to) {
    if (i > first) {
      const end = Math.min(to, rebuildAt);
      for (; i < end; i++) {
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
        means[i - from] = mean;
        m2s[i - from] = m2;
      }
      if (i >= to) break;
    }
    run = i > 0 && x[i] === x[i - 1] ? run + 1 : 1;
    mean = 0;
    for (let k = i - window + 1; k <= i; k++) mean += x[k];
    mean /= window;
    m2 = 0;
    for (let k = i - window + 1; k <= i; k++) m2 += (x[k] - mean) * (x[k] - mean);
    peak = m2;
    rebuildAt = i + REBUILD_WINDOWS * window;
    if (run >= window) {
      mean = x[i];
      m2 = 0;
    }
    means[i - from] = mean;
    m2s[i - from] = m2;
    i++;
  }
  carry[at] = mean;
  carry[at + 1] = m2;
  carry[at + 2] = peak;
  carry[at + 3] = rebuildAt;
  carry[at + 4] = run;
}
