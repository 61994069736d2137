/** Most bins of a column: their codes and the one for a missing value fit into a byte. */
export const MOST_BINS = 255;

/** Columns as codes: what trees are grown on. */
export interface BinnedColumns {
  readonly n: number;
  readonly k: number;
  readonly maxBins: number;
  /** Per column, ascending and finite: a value has the code of how many of them lie below it. At most maxBins - 1. */
  readonly cuts: readonly Float64Array[];
  /** Column-major, k x n; a missing value has the code maxBins. */
  readonly codes: Uint8Array;
  /** 1 where a column has a missing value. */
  readonly hasMissing: Uint8Array;
}

/** The middle of two neighbours a < b: at least a, below b. */
function between(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}

/** The index nearest to `i` where a value differs from the one before; some two values of `sorted` do. */
function boundary(sorted: Float64Array, i: number): number {
  let start = i;
  while (start > 0 && sorted[start - 1] === sorted[i]) start--;
  let end = i;
  while (end < sorted.length && sorted[end] === sorted[i]) end++;
  if (start === 0) return end;
  return end === sorted.length || i - start < end - i ? start : end;
}

/**
 * Cuts of a column: between all its neighbouring values when they are at most `maxBins`, else at the quantiles
 * k / maxBins, k = 1 .. maxBins - 1, of its values in order, so that each bin holds
 * about the same number of them; equal values stay together.
 * @param sorted ascending, without NaN.
 */
export function columnCuts(sorted: Float64Array, maxBins: number): Float64Array {
  const n = sorted.length;
  const cuts = new Float64Array(maxBins - 1);
  let count = 0;
  let distinct = n > 0 ? 1 : 0;
  for (let i = 1; i < n && distinct <= maxBins; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    if (count < cuts.length) cuts[count++] = between(sorted[i - 1], sorted[i]);
    distinct++;
  }
  if (distinct <= maxBins) return cuts.slice(0, count);
  count = 0;
  for (let k = 1; k < maxBins; k++) {
    const i = boundary(sorted, Math.round((k * n) / maxBins));
    const cut = between(sorted[i - 1], sorted[i]);
    if (count === 0 || cut > cuts[count - 1]) cuts[count++] = cut;
  }
  return cuts.slice(0, count);
}

/** How many of the ascending cuts lie below `value`. */
export function codeOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let size = cuts.length;
  while (size > 0) {
    const half = size >> 1;
    const isAbove = cuts[low + half] < value;
    low = isAbove ? low + half + 1 : low;
    size = isAbove ? size - half - 1 : half;
  }
  return low;
}
