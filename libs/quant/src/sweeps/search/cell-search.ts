import type { MetricDirection } from '../analysis/cell-grid';

export const SEARCH_METHODS = ['random', 'tpe'] as const;
export type SearchMethod = (typeof SEARCH_METHODS)[number];

export interface CellSearchOptions {
  /** `random`: uniform, without replacement. `tpe`: tree-structured Parzen estimator. */
  readonly method: SearchMethod;
  /** How many cells to evaluate, at most all. */
  readonly samples: number;
  readonly seed: number;
  /** `tpe` only: which end of the metric to look for; `highest` by default. */
  readonly direction?: MetricDirection;
  /**
   * `tpe` only: cells proposed from one model, {@link TPE_BATCH} by default. Part of the search's definition: another
   * batch is another search, another number of workers is not.
   */
  readonly batch?: number;
}

/**
 * A search that is asked for cells and told what they gave. Which cells it gives depends on the grid, the options and
 * the values told, not on who evaluated them; to resume one, replay it with the values known. No cell is given twice.
 */
export interface CellSearch {
  /** The next cells to evaluate, in any order by anybody; empty when all samples were given. */
  ask(): Uint32Array;
  /** The metric of every cell of the last batch, in its order; NaN is undefined and counts as worst. */
  tell(values: Float64Array): void;
}
