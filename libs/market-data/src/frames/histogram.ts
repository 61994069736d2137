import { requireThat } from '@assay/quant';

/** Counts of values in bins of equal width: `counts[i]` lie in [edges[i], edges[i + 1]), the last bin has its upper edge too. */
export interface Histogram {
  edges: number[];
  counts: number[];
}

/**
 * Histogram of ascending finite values between the least and the greatest, as numpy's with `bins` as a number; values that are
 * all the same make one bin without a width. Null for none, and where their span is no number.
 */
export function histogramOfSorted(sorted: Float64Array, bins: number): Histogram | null {
  requireThat(Number.isInteger(bins) && bins >= 1, 'bins', 'an integer of at least 1', bins);
  const n = sorted.length;
  if (n === 0) return null;
  const [low, high] = [sorted[0], sorted[n - 1]];
  if (low === high) return { edges: [low, high], counts: [n] };
  const width = (high - low) / bins;
  if (!(width > 0 && width < Infinity)) return null;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width));
  const counts = new Array<number>(bins).fill(0);
  let bin = 0;
  for (let i = 0; i < n; i += 1) {
    while (bin < bins - 1 && sorted[i] >= edges[bin + 1]) bin += 1;
    counts[bin] += 1;
  }
  return { edges, counts };
}
