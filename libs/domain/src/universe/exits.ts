import type { ExitReason } from '@assay/quant';

/** What a bar made of a symbol's weight where no signal said so: reasons by symbol. */
export type Exits = Map<number, Exclude<ExitReason, 'no_bars'>>;

/** Which symbols have a bar, and what day it is. */
export interface UniverseRow {
  day: number;
  next: number;
  /** Close of each symbol; NaN where it has no bar. */
  close: Float64Array;
}

/**
 * The rule of a portfolio, bar after bar: batch and streaming evaluation both run it, so they cannot differ. It is told of
 * sessions at which a member has a bar, and of nothing else.
 */
export interface PortfolioMachine {
  /** Weights in force, a value a symbol in the order of symbols. */
  readonly weights: Float64Array;
  /** Of the last bar. */
  readonly exits: Exits;
  /** Whether the last bar decided the whole portfolio. */
  readonly decided: boolean;
  save(): Float64Array;
  load(state: Float64Array): void;
}
