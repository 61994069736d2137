/**
 * Rolling mean without subtraction, O(1) amortised, O(window) at worst: [position, blocks, run, last, prefix, block...].
 *
 * The series is cut into blocks of `window` values. A window is the end of one block and the start of the next, so its
 * sum is a suffix sum plus a prefix sum: at most `window` additions, no drift however long the series, and nothing left
 * behind by a large value that has gone. Slots after `position` hold the suffix sums of the last block, slots up to it
 * the values of this one. A window of equal values gives exactly that value (`run` counts them).
 */
export const rollingMeanSize = (window: number): number => window + 5;

/** About how many bars the batch form takes at a time. */
const SPAN_BARS = 2048;

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
 * `rollingMeanStep` over the gap-free run x[from .. to), written to out[from + window - 1 .. to). Returns the sum of
 * the run, which is finite only if all of it is.
 */
export function rollingMeanRun(x: Float64Array, from: number, to: number, window: number, out: Float64Array): number {
  const first = from + window - 1;
  if (first >= to) return 0;
  // whole blocks, so few that the values stay in the cache for the look at equal ones
  const span = window * Math.ceil(SPAN_BARS / window);
  let total = writeBlock(x, from, first, first + 1, window, out, 0);
  let start = first + 1;
  repairConstant(x, from, first, start, window, out, 0);
  while (start < to) {
    const begin = start;
    const end = Math.min(start + span, to);
    if (start + 2 * window <= end) {
      writeSuffixes(x, start - window + 1, start, window - 1, out);
      for (; start + 2 * window <= end; start += window) total += writeInnerBlock(x, start, window, out);
    }
    for (; start < end; start += window)
      total += writeBlock(x, start, start, Math.min(start + window, end), window, out, 0);
    repairConstant(x, from, begin, end, window, out, 0);
    start = end;
  }
  return total;
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

/** Suffix sums of x[first .. end), each to the place `offset` after its start. */
function writeSuffixes(x: Float64Array, first: number, end: number, offset: number, out: Float64Array): void {
  let suffix = 0;
  for (let j = end - 1; j >= first; j--) {
    suffix += x[j];
    out[j + offset] = suffix;
  }
}

/**
 * Means of a whole block whose suffix sums of the block before are in their places; writes the suffix sums of this
 * block for the next one. Forwards and backwards in one loop, because the two sums do not wait for each other, and four
 * at a time, which is a quarter faster. Returns the block's sum.
 */
function writeInnerBlock(x: Float64Array, start: number, window: number, out: Float64Array): number {
  const end = start + window - 1;
  let prefix = 0;
  let suffix = 0;
  let j = end;
  let place = end + window - 1;
  let i = start;
  for (; i + 3 < end; i += 4) {
    const p1 = prefix + x[i];
    const p2 = p1 + x[i + 1];
    const p3 = p2 + x[i + 2];
    prefix = p3 + x[i + 3];
    out[i] = (out[i] + p1) / window;
    out[i + 1] = (out[i + 1] + p2) / window;
    out[i + 2] = (out[i + 2] + p3) / window;
    out[i + 3] = (out[i + 3] + prefix) / window;
    const s1 = suffix + x[j];
    const s2 = s1 + x[j - 1];
    const s3 = s2 + x[j - 2];
    suffix = s3 + x[j - 3];
    out[place] = s1;
    out[place - 1] = s2;
    out[place - 2] = s3;
    out[place - 3] = suffix;
    j -= 4;
    place -= 4;
  }
  for (; i < end; i++) {
    prefix += x[i];
    out[i] = (out[i] + prefix) / window;
    suffix += x[j--];
    out[place--] = suffix;
  }
  prefix += x[end];
  out[end] = prefix / window;
  return prefix;
}

/** Means of the bars [from, to) of the block that begins at `start`; returns the sum of the values from there. */
function writeBlock(
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
function repairConstant(
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
