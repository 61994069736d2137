/** Bars taken at a time: so few that the columns of a matrix between two steps stay in the cache. */
export const TILE_BARS = 1024;

/** A column of which a tile is at hand: bar i lies at values[i + shift]. */
export interface Series {
  values: Float64Array;
  shift: number;
  /** Bars before the tile that are read too. */
  keep: number;
  /** Number of steps from the columns of the caller; 0 for those. */
  readonly level: number;
}

/** One step from columns to columns. Tiles follow each other from bar 0 on. */
export interface Step {
  readonly writes: readonly Series[];
  run(from: number, to: number): void;
}
