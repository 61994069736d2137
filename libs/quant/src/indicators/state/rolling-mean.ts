/**
 * Rolling mean without subtraction, O(1) amortised, O(window) at worst: [position, blocks, run, last, prefix, block...].
 *
 * The series is cut into blocks of `window` values. A window is the end of one block and the start of the next, so its
 * sum is a suffix sum plus a prefix sum: at most `window` additions, no drift however long the series, and nothing left
 * behind by a large value that has gone. Slots after `position` hold the suffix sums of the last block, slots up to it
 * the values of this one. A window of equal values gives exactly that value (`run` counts them).
 */
export const rollingMeanSize = (window: number): number => window + 5;

/** Mean of the last `window` values, NaN until there are as many. A missing x starts afresh. */
export function rollingMeanStep(s: Float64Array, o: number, window: number, x: number): number {
  if (x - x !== 0) {
    s.fill(0, o, o + 5);
    return NaN;
  }
  const block = o + 5;
  const position = s[o];
  const run = s[o + 2] > 0 && x === s[o + 3] ? s[o + 2] + 1 : 1;
  const prefix = s[o + 4] + x;
  s[o + 2] = run;
  s[o + 3] = x;
  s[block + position] = x;
  let sum: number;
  if (position + 1 === window) {
    sum = prefix;
    let suffix = 0;
    for (let j = window - 1; j > 0; j--) {
      suffix += s[block + j];
      s[block + j] = suffix;
    }
    s[o] = 0;
    s[o + 1] = 1;
    s[o + 4] = 0;
  } else {
    s[o] = position + 1;
    s[o + 4] = prefix;
    if (s[o + 1] === 0) return NaN;
    sum = s[block + position + 1] + prefix;
  }
  return run >= window ? x : sum / window;
}

/**
 * Means of the bars [from, to) of a gap-free run that begins at `origin`, from >= origin + window - 1: the bits of
 * `rollingMeanStep` without its state, because blocks are counted from `origin`. Bar i goes to out[i + shift].
 */
export function rollingMeanSpan(
  x: Float64Array,
  origin: number,
  from: number,
  to: number,
  window: number,
  out: Float64Array,
  shift: number,
): void {
  if (from >= to) return;
  for (let start = from - ((from - origin) % window); start < to; start += window)
    writeBlock(x, start, Math.max(start, from), Math.min(start + window, to), window, out, shift);
  repairConstant(x, origin, from, to, window, out, shift);
}

/** Means of the bars [from, to) of the block that begins at `start`; returns the sum of the values from there. */
export function writeBlock(
  x: Float64Array,
  start: number,
  from: number,
  to: number,
  window: number,
  out: Float64Array,
  shift: number,
): number {
  const end = start + window - 1;
  let suffix = 0;
  for (let j = start - 1; j > from - window; j--) {
    suffix += x[j];
    const i = j + window - 1;
    if (i < to) out[i + shift] = suffix;
  }
  let prefix = 0;
  for (let k = start; k < from; k++) prefix += x[k];
  for (let i = from; i < to; i++) {
    prefix += x[i];
    out[i + shift] = (i === end ? prefix : out[i + shift] + prefix) / window;
  }
  return prefix;
}

/**
 * Writes the exact value where a window holds equal values only. Such a window contains a neighbouring pair that starts
 * at a multiple of window - 1, so it is enough to look at those pairs.
 */
export function repairConstant(
  x: Float64Array,
  origin: number,
  from: number,
  to: number,
  window: number,
  out: Float64Array,
  shift: number,
): void {
  if (window === 1) {
    for (let i = from; i < to; i++) out[i + shift] = x[i];
    return;
  }
  const stride = window - 1;
  for (let pair = from - stride - ((from - stride) % stride); pair + 1 < to; pair += stride) {
    if (pair < origin || x[pair] !== x[pair + 1]) continue;
    const value = x[pair];
    let first = pair;
    while (first > origin && x[first - 1] === value && first > from - window) first--;
    let last = pair + 1;
    while (last + 1 < to && x[last + 1] === value) last++;
    for (let i = Math.max(from, first + stride); i <= last; i++) out[i + shift] = x[i];
  }
}
