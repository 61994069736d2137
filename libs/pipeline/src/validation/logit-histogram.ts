const [LOWEST, HIGHEST, WIDTH] = [-6, 6, 0.5];
const EDGES = Array.from({ length: (HIGHEST - LOWEST) / WIDTH + 1 }, (_, i) => LOWEST + i * WIDTH);

/** How often the logits of the splits of PBO lie where; the bins are the same whatever the logits. */
export interface LogitHistogram {
  /** Ascending from -6 to 6 by 0.5. */
  edges: number[];
  /**
   * One more than the edges: up to the first, above each edge up to and with the next, and above the last. So those up to and with the edge 0
   * are the splits that PBO counts.
   */
  counts: number[];
  /** Splits: the sum of the counts. */
  splits: number;
}

/** @param logits of `pboCscv`; none is NaN */
export function logitHistogram(logits: Float64Array): LogitHistogram {
  const counts = new Array<number>(EDGES.length + 1).fill(0);
  for (const logit of logits) {
    const bin = Math.ceil((logit - LOWEST) / WIDTH);
    counts[Math.min(Math.max(bin, 0), EDGES.length)]! += 1;
  }
  return { edges: [...EDGES], counts, splits: logits.length };
}
