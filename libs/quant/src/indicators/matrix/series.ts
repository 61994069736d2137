import type { MatrixKernels } from './kernels/matrix-kernels';

/** Bars taken at a time: so few that the columns of a matrix between two steps stay in the cache. */
export const TILE_BARS = 768;
/** Numbers behind a tile that loops over several bars may write to. */
export const SLACK = 8;
/** The longest window that the compiled loops look back on; the bars before a tile are kept for it. */
export const MOST_WINDOW = 512;

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
  /** How many numbers it works with beside its columns. */
  readonly stateLength: number;
  /** Called once, when the columns have their arrays. `state` holds zeros. */
  begin(state: Float64Array, kernels: MatrixKernels | null): void;
  run(from: number, to: number): void;
}

/** Address of the bar that lies `back` bars before the first one of every tile. */
export const tileAddress = ({ values, keep }: Series, back = 0): number => values.byteOffset + 8 * (keep - back);
/** Address of bar i, which is at hand. */
export const addressOf = ({ values, shift }: Series, i: number): number => values.byteOffset + 8 * (i + shift);

export function keepBars(series: Series, bars: number): void {
  series.keep = Math.max(series.keep, bars);
}
