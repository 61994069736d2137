/** Rows of unit length that are made when they are asked for, so that a ledger is never held twice. */
export interface UnitRows {
  readonly count: number;
  readonly length: number;
  /** So many first rows count against both thresholds, the others against the higher one alone. */
  readonly guarded: number;
  /** Writes what is not 0 of a row. */
  write(row: number, into: Float32Array | Float64Array): void;
  /** Product with a draw. */
  product(row: number, draw: Float64Array): number;
}

/** Bits of what a draw has reached with at least one row; a guarded row that reaches the higher threshold sets both. */
export const REACHED_LOW = 1;
export const REACHED_HIGH = 2;
export const REACHED_BOTH = 3;

/** At or above `low` guarded rows count, at or above `high` all; `high` is at least `low`. */
export interface Levels {
  readonly low: number;
  readonly high: number;
}

/** What a product tells of its draw. */
export function reachedBy(product: number, isGuarded: boolean, { low, high }: Levels): number {
  if (product >= high) return isGuarded ? REACHED_BOTH : REACHED_HIGH;
  return isGuarded && product >= low ? REACHED_LOW : 0;
}

/** Some rows that draws are held against, some draws at a time. */
export interface RowPass {
  /** Draws taken together. */
  readonly draws: number;
  /** Takes the first `taken` of some draws, which are number `first` and on, for one of two turns: 0 and 1. */
  prepare(turn: number, draws: readonly Float64Array[], taken: number, first: number): void;
  /** Raises what the draws of a turn have reached; `meanwhile` is called once, at the best moment. */
  raise(turn: number, meanwhile: () => void): void;
  /** Ends it; `isOver` where no thread can be at work any more. */
  close(isOver: boolean): void;
}
