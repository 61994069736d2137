import type { FoldFigures } from '@assay/pipeline';

/** Cells of a shard in their order. */
export interface TriedCells {
  totalReturn: Float64Array;
  sharpe: Float64Array;
  maxDrawdown: Float64Array;
  /** Empty where the sweep asks for none. */
  metric: Float64Array;
  /** Of cross-validated cells. */
  running?: Float64Array[];
  /** Of cells of a walk-forward. */
  folds?: FoldFigures;
  /** Times of every series. */
  openTimeMs: Float64Array;
  tried: { configHash: string; params: Record<string, unknown>; returns: Float64Array }[];
}
