/**
 * Rolling sum and linearly weighted sum (weights 1 for the oldest to `window` for the newest) without subtraction, O(1)
 * amortised: [position, blocks, run, last, prefix, weighted prefix, suffix sums..., weighted suffix sums...].
 * Blocks of `window` values as in `rolling-mean`: a window is the end of one block and the start of the next.
 */
export const rollingWeightedSumSize = (window: number): number => 2 * window + 8;
/** Where to find the results in the state after a step. */
export const SUM = 6;
export const WEIGHTED = 7;
/** Number of equal newest values in a row. */
export const RUN = 2;

/** True when the window is full; then s[o + SUM] and s[o + WEIGHTED] hold the sums. A missing x starts afresh. */
export function rollingWeightedSumStep(s: Float64Array, o: number, window: number, x: number): boolean {
  if (x - x !== 0) {
    s.fill(0, o, o + 8);
    return false;
  }
  const sums = o + 8;
  const weighted = sums + window;
  const position = s[o];
  s[o + 2] = s[o + 2] > 0 && x === s[o + 3] ? s[o + 2] + 1 : 1;
  s[o + 3] = x;
  const prefix = s[o + 4] + x;
  const weightedPrefix = s[o + 5] + (position + 1) * x;
  s[sums + position] = x;
  if (position + 1 < window) {
    s[o] = position + 1;
    s[o + 4] = prefix;
    s[o + 5] = weightedPrefix;
    if (s[o + 1] === 0) return false;
    // the rest of the block before has the lower weights and lifts those of this block
    const rest = window - 1 - position;
    s[o + SUM] = s[sums + position + 1] + prefix;
    s[o + WEIGHTED] = s[weighted + position + 1] + (weightedPrefix + rest * prefix);
    return true;
  }
  let suffix = 0;
  let weightedSuffix = 0;
  for (let j = window - 1; j > 0; j--) {
    suffix += s[sums + j];
    weightedSuffix += suffix;
    s[sums + j] = suffix;
    s[weighted + j] = weightedSuffix;
  }
  s[o] = 0;
  s[o + 1] = 1;
  s[o + 4] = 0;
  s[o + 5] = 0;
  s[o + SUM] = prefix;
  s[o + WEIGHTED] = weightedPrefix;
  return true;
}
