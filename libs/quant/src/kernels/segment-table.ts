/** Bars per block: the table covers one block at a time, so its memory does not grow with the number of bars. */
export const BLOCK_BITS = 11;
export const BLOCK_BARS = 1 << BLOCK_BITS;

/** Values per table entry: minimum, maximum, worst ratio later / earlier, and one unused for alignment. */
export const ENTRY = 4;

export const segmentTableSize = BLOCK_BITS * BLOCK_BARS * ENTRY;

/**
 * Disjoint sparse table over x[from .. to), at most one block: any range [l, r], l < r, splits at the highest bit in
 * which l and r differ (counted from `from`), level k = 31 - clz(l ^ r), into the run from l up to the split and the
 * run from the split up to r; entry (k, l) describes the first and entry (k, r) the second. The two do not overlap,
 * which the worst ratio (the deepest fall) needs and an ordinary sparse table does not give.
 */
export function buildSegmentTable(x: Float64Array, from: number, to: number, table: Float64Array): void {
  const n = to - from;
  for (let level = 0; level < BLOCK_BITS; level++) {
    const half = 1 << level;
    if (half >= n && level > 0) return;
    const plane = level * BLOCK_BARS;
    for (let split = half; split - half < n; split += 2 * half) {
      const start = split - half;
      const last = Math.min(split, n) - 1;
      let low = x[from + last];
      let high = low;
      let worst = 1;
      for (let t = last; t >= start; t--) {
        const value = x[from + t];
        // the fall from this bar to the lowest later one
        if (low < worst * value) worst = low / value;
        if (value < low) low = value;
        if (value > high) high = value;
        const entry = (plane + t) * ENTRY;
        table[entry] = low;
        table[entry + 1] = high;
        table[entry + 2] = worst;
      }
      if (split >= n) break;
      low = x[from + split];
      high = low;
      worst = 1;
      const end = Math.min(split + half, n);
      for (let t = split; t < end; t++) {
        const value = x[from + t];
        // the fall to this bar from the highest earlier one
        if (value < worst * high) worst = value / high;
        if (value < low) low = value;
        if (value > high) high = value;
        const entry = (plane + t) * ENTRY;
        table[entry] = low;
        table[entry + 1] = high;
        table[entry + 2] = worst;
      }
    }
  }
}
