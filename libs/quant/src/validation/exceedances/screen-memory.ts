import { Layout } from '../../kernels/web-assembly';
import { padded, ROW_GROUP } from '../kernels/compiled-products';

/** Draws of a tile: their numbers stay in the cache while rows pass. */
export const TILE_DRAWS = 64;
/** Columns of a panel. */
export const PANEL = 8;
export const PANELS = TILE_DRAWS / PANEL;
/** Most rows that pass between two looks at which draws are decided. */
export const MOST_BLOCK_ROWS = 128;
/** Pairs of a row and a draw that single precision leaves open; a block may leave all of its own. */
export const MOST_DOUBTS = 2 * MOST_BLOCK_ROWS * TILE_DRAWS;
/** 4-byte words of what the kernel finds for a group and a panel: both numbers, and from the fifth on the sums. */
export const FOUND_WORDS = 36;
export const FOUND_SUMS = 4;

/** Where a tile stands. */
export const NOTE = {
  /** Draws in it. */
  draws: 0,
  /** The next row that passes. */
  row: 1,
  doubts: 2,
} as const;
const NOTES = 3;

/** Bounds of a product in whole numbers, for each column: what may reach a threshold, and what does so for sure, is above. */
export const BOUND = { mayLow: 0, surelyLow: 1, mayHigh: 2, surelyHigh: 3 } as const;
const BOUNDS = 4;

export interface ScreenShape {
  readonly rows: number;
  readonly length: number;
  readonly guarded: number;
  readonly tiles: number;
  readonly threads: number;
}

/** A tile of draws in 16 bits. */
export interface ScreenTile {
  readonly at: number;
  /** As the kernel takes them, see `screen16`. */
  readonly values: Int16Array;
  /** Bounds of the columns, one after the other kind. */
  readonly bounds: Int32Array;
  /** Which draw of the tile stands in a column. */
  readonly draws: Int32Array;
  /** Of each draw of the tile. */
  readonly reached: Uint8Array;
  /** Row and draw. */
  readonly doubts: Int32Array;
  readonly notes: Int32Array;
}

/** The arrays of a screening in a memory that the kernels work in. */
export class ScreenMemory {
  readonly pairs: number;
  readonly rows: Int16Array;
  readonly tiles: readonly ScreenTile[];
  /** Of this thread: limits of the columns, and what the kernel finds. */
  readonly limits: Int32Array;
  readonly found: Int32Array;

  constructor(
    readonly shape: ScreenShape,
    readonly buffer: ArrayBufferLike,
    lane: number,
  ) {
    const { at, pairs } = layoutOf(shape);
    this.pairs = pairs;
    this.rows = new Int16Array(buffer, at.rows, rowNumbers(shape));
    this.tiles = at.tiles.map((tile) => ({
      at: tile.values,
      values: new Int16Array(buffer, tile.values, 2 * pairs * TILE_DRAWS),
      bounds: new Int32Array(buffer, tile.bounds, BOUNDS * TILE_DRAWS),
      draws: new Int32Array(buffer, tile.draws, TILE_DRAWS),
      reached: new Uint8Array(buffer, tile.reached, TILE_DRAWS),
      doubts: new Int32Array(buffer, tile.doubts, 2 * MOST_DOUBTS),
      notes: new Int32Array(buffer, tile.notes, NOTES),
    }));
    this.limits = new Int32Array(buffer, at.limits[lane], TILE_DRAWS);
    this.found = new Int32Array(buffer, at.found[lane], FOUND_WORDS * (MOST_BLOCK_ROWS / ROW_GROUP) * PANELS);
  }

  static bytes(shape: ScreenShape): number {
    return layoutOf(shape).end;
  }
}

const pairsOf = ({ length }: ScreenShape): number => Math.ceil(length / 2);
const rowNumbers = (shape: ScreenShape): number => 2 * pairsOf(shape) * padded(shape.rows, ROW_GROUP);

function layoutOf(shape: ScreenShape) {
  const layout = new Layout();
  const pairs = pairsOf(shape);
  const each = <T>(count: number, place: () => T): T[] => Array.from({ length: count }, place);
  const at = {
    rows: layout.place(2 * rowNumbers(shape)),
    tiles: each(shape.tiles, () => ({
      values: layout.place(4 * pairs * TILE_DRAWS),
      bounds: layout.place(4 * BOUNDS * TILE_DRAWS),
      draws: layout.place(4 * TILE_DRAWS),
      reached: layout.place(TILE_DRAWS),
      doubts: layout.place(8 * MOST_DOUBTS),
      notes: layout.place(4 * NOTES),
    })),
    limits: each(shape.threads, () => layout.place(4 * TILE_DRAWS)),
    found: each(shape.threads, () => layout.place(4 * FOUND_WORDS * (MOST_BLOCK_ROWS / ROW_GROUP) * PANELS)),
  };
  return { at, pairs, end: layout.end };
}
