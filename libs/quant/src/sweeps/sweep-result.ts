import type { SweepBars } from './template-protection';

export interface SweepOptions {
  /** Cost a side in basis points. */
  readonly feeBps: number;
  /** Cost of an exit at a resting target, which takes nothing from the market; `feeBps` when absent. */
  readonly targetFeeBps?: number;
  readonly periodsPerYear: number;
  /** Needed where the grid has stops or targets. */
  readonly bars?: SweepBars;
  /** Half-open range of cells in grid order; all cells when absent. */
  readonly cells?: readonly [from: number, to: number];
  /** `compiled` by default, where the runtime has WebAssembly; `plain` TypeScript is its specification: the same bits. */
  readonly kernel?: 'compiled' | 'plain';
}

/** One value per cell of the range, in grid order. */
export interface SweepResult {
  readonly totalReturn: Float64Array;
  /** Annualised over all bars (the first return is 0), sample std; NaN where the std is 0 or there are under two bars. */
  readonly sharpe: Float64Array;
  /** Positive fraction; the starting equity counts as a peak. */
  readonly maxDrawdown: Float64Array;
}
