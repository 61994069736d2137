import { type CompiledRollingMean, compiledRollingMean } from './compiled-rolling-mean';
import { repairConstant, writeBlock } from './rolling-mean';

/** About how many bars the plain form takes at a time: so few that they stay in the cache for the look at equal ones. */
const SPAN_BARS = 2048;

/**
 * `rollingMeanStep` over the gap-free run x[from .. to), written to out[from + window - 1 .. to). Returns the sum of
 * the run, which is finite only if all of it is. With kernel null the plain form does everything, to the same bits.
 */
export function rollingMeanRun(
  x: Float64Array,
  from: number,
  to: number,
  window: number,
  out: Float64Array,
  kernel: CompiledRollingMean | null = compiledRollingMean(),
): number {
  const first = from + window - 1;
  if (first >= to) return 0;
  let total = writeBlock(x, from, first, first + 1, window, out, 0);
  let start = first + 1;
  repairConstant(x, from, first, start, window, out, 0);
  if (kernel !== null) {
    for (let count = kernel.tileBars(start, to, window); count > 0; count = kernel.tileBars(start, to, window)) {
      total += kernel.run(x, start, count, window, out);
      const end = start + count;
      if (mayHoldConstant(x, start, end, window)) repairConstant(x, from, start, end, window, out, 0);
      start = end;
    }
  }
  const span = window * Math.ceil(SPAN_BARS / window);
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
 * False if no window that ends in the whole blocks [start, end) holds equal values only: such a window is a block, or
 * it holds the last value of one block and the first of the next. Window >= 2.
 */
function mayHoldConstant(x: Float64Array, start: number, end: number, window: number): boolean {
  for (let block = start; block < end; block += window) {
    const value = x[block];
    if (value === x[block - 1] || value === x[block + 1]) return true;
  }
  return false;
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
