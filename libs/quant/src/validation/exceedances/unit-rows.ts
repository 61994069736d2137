/** Rows of unit length that are made when they are asked for, so that a ledger is never held twice. */
export interface UnitRows {
  readonly count: number;
  readonly length: number;
  /** So many first rows count against both thresholds, the others against the higher one alone. */
  readonly guarded: number;
  /** Further rows that stand beside guarded ones, and count against the higher threshold alone. */
  readonly companions?: Companions;
  /** Writes what is not 0 of a row. */
  write(row: number, into: Float32Array | Float64Array): void;
  /** Product with a draw. */
  product(row: number, draw: Float64Array): number;
}

/**
 * Rows of unit length that are, number by number, gain x weight x number of the row beside them, and three terms more; weights are common
 * to all. So most of a companion's product is made of parts of its row's, in which weights are nearly the same.
 */
export interface Companions {
  /** Of the number at each place. */
  readonly weights: Float64Array;
  /** Levels of nearly the same weight: all places, each once, level after level. */
  readonly order: Int32Array;
  readonly levels: readonly WeightLevel[];
  /** Kinds of terms: each has three sums of a draw, of whose factors these are the lengths. */
  readonly terms: readonly (readonly [number, number, number])[];
  /** Writes the three sums of a draw for each kind of terms, one after the other. */
  writeSums(draw: Float64Array, into: Float64Array): void;
  /** Null for a row without one. Rows with the same kind of terms should stand together. */
  of(row: number): Companion | null;
  /** Writes what is not 0 of what stands beside a row. */
  write(row: number, into: Float32Array | Float64Array): void;
  /** Its product with a draw. */
  product(row: number, draw: Float64Array): number;
}

/** The same rows with their companions among them. */
export function inOne(rows: UnitRows): UnitRows {
  const { companions, count, ...own } = rows;
  if (companions === undefined) return rows;
  const beside = Int32Array.from({ length: count }, (_, row) => row).filter((row) => companions.of(row) !== null);
  return {
    ...own,
    count: count + beside.length,
    write: (row, into) => (row < count ? own.write(row, into) : companions.write(beside[row - count], into)),
    product: (row, draw) => (row < count ? own.product(row, draw) : companions.product(beside[row - count], draw)),
  };
}

export interface WeightLevel {
  /** How many numbers it has. */
  readonly count: number;
  /** What stands for their weights. */
  readonly weight: number;
}

export interface Companion {
  readonly gain: number;
  /** Which kind of terms it has, and their factors. */
  readonly terms: number;
  readonly factors: readonly [number, number, number];
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

/** Whether rows can still change what a draw has reached; `isGuarded` where guarded ones are among them. */
export const isOpen = (reached: number, isGuarded: boolean): boolean =>
  isGuarded ? reached !== REACHED_BOTH : (reached & REACHED_HIGH) === 0;

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
