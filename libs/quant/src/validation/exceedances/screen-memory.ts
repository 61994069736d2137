import { Layout } from '../../kernels/web-assembly';
import { padded, ROW_GROUP } from '../kernels/compiled-products';

/** Draws of a tile: their numbers stay in the cache while rows pass. */
export const TILE_DRAWS = 64;
/** Columns of a panel. */
export const PANEL = 8;
const PANELS = TILE_DRAWS / PANEL;
/** Most rows that pass between two looks at which draws are decided. */
export const MOST_BLOCK_ROWS = 128;
/** Products that 16 bits leave open; a block may leave all of its own. */
export const MOST_DOUBTS = 4 * MOST_BLOCK_ROWS * TILE_DRAWS;
/** 4-byte words of what the kernel finds for a group and a panel: both numbers, from the fifth on the sums, then the companions. */
export const FOUND_WORDS = 68;
export const FOUND_SUMS = 4;
export const FOUND_NEAR = FOUND_SUMS + ROW_GROUP * PANEL;
/** Sums of a draw that companions need, for each kind of terms. */
export const TERM_SUMS = 3;
/** Of a row: its companion's gain, and what the sums are multiplied by. */
export const FACTORS = 1 + TERM_SUMS;

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
/**
 * The same of a companion's, which is only near and counts against the higher threshold: by levels of weights, and nearer by the weights
 * themselves.
 */
export const NEAR = { may: 0, surely: 1, mayByWeights: 2, surelyByWeights: 3 } as const;
const NEARS = 4;

export interface ScreenShape {
  /** Rows with those that only fill groups. */
  readonly rows: number;
  /** Numbers of each level. */
  readonly levels: readonly number[];
  /** The first so many rows are guarded, or fill. */
  readonly guarded: number;
  /** Kinds of terms. */
  readonly terms: number;
  readonly tiles: number;
  readonly threads: number;
}

/** A tile of draws in 16 bits. */
export interface ScreenTile {
  readonly at: number;
  /** As the kernel takes them, see `screen16`. */
  readonly values: Int16Array;
  /** Bounds of the columns, one kind after the other. */
  readonly bounds: Int32Array;
  readonly nearBounds: Float32Array;
  /** Sums of the columns, by kinds of terms. */
  readonly sums: Float32Array;
  /** Which draw of the tile stands in a column. */
  readonly draws: Int32Array;
  /** Of each draw of the tile. */
  readonly reached: Uint8Array;
  /** Twice the row, and one more for its companion; then the draw. */
  readonly doubts: Int32Array;
  readonly notes: Int32Array;
}

/** The arrays of a screening in a memory that the kernels work in. */
export class ScreenMemory {
  readonly pairs: number;
  readonly rows: Int16Array;
  /** Pairs of each level, and as single precision the weight of the sums up to its end. */
  readonly levels: Int32Array;
  readonly levelWeights: Float32Array;
  /** Weight of each number, in the order in which they are taken. */
  readonly weights: Float64Array;
  readonly factors: Float32Array;
  /** Where the sums of a group's kind of terms are, from those of a tile on. */
  readonly sumsOf: Int32Array;
  /** 0 for one that fills a group. */
  readonly isRow: Uint8Array;
  readonly tiles: readonly ScreenTile[];
  /** Of this thread: limits of the columns, and what the kernel finds. */
  readonly limits: Int32Array;
  readonly nearLimits: Float32Array;
  readonly found: Int32Array;
  readonly foundNear: Float32Array;

  constructor(
    readonly shape: ScreenShape,
    readonly buffer: ArrayBufferLike,
    lane: number,
  ) {
    const { at, pairs } = layoutOf(shape);
    const { rows, levels, terms } = shape;
    this.pairs = pairs;
    this.rows = new Int16Array(buffer, at.rows, 2 * pairs * rows);
    this.levels = new Int32Array(buffer, at.levels, 2 * levels.length);
    this.levelWeights = new Float32Array(buffer, at.levels, 2 * levels.length);
    this.weights = new Float64Array(buffer, at.weights, 2 * pairs);
    this.factors = new Float32Array(buffer, at.factors, FACTORS * rows);
    this.sumsOf = new Int32Array(buffer, at.sumsOf, rows / ROW_GROUP);
    this.isRow = new Uint8Array(buffer, at.isRow, rows);
    this.tiles = at.tiles.map((tile) => ({
      at: tile.values,
      values: new Int16Array(buffer, tile.values, 2 * pairs * TILE_DRAWS),
      bounds: new Int32Array(buffer, tile.bounds, BOUNDS * TILE_DRAWS),
      nearBounds: new Float32Array(buffer, tile.nearBounds, NEARS * TILE_DRAWS),
      sums: new Float32Array(buffer, tile.sums, terms * TERM_SUMS * TILE_DRAWS),
      draws: new Int32Array(buffer, tile.draws, TILE_DRAWS),
      reached: new Uint8Array(buffer, tile.reached, TILE_DRAWS),
      doubts: new Int32Array(buffer, tile.doubts, 2 * MOST_DOUBTS),
      notes: new Int32Array(buffer, tile.notes, NOTES),
    }));
    this.limits = new Int32Array(buffer, at.limits[lane], TILE_DRAWS);
    this.nearLimits = new Float32Array(buffer, at.limits[lane] + 4 * TILE_DRAWS, TILE_DRAWS);
    this.found = new Int32Array(buffer, at.found[lane], FOUND_NUMBERS);
    this.foundNear = new Float32Array(buffer, at.found[lane], FOUND_NUMBERS);
  }

  static bytes(shape: ScreenShape): number {
    return layoutOf(shape).end;
  }
}

/** One more than are found: the kernel works in the next one. */
const FOUND_NUMBERS = FOUND_WORDS * ((MOST_BLOCK_ROWS / ROW_GROUP) * PANELS + 1);

/** A level begins with a pair. */
export const pairsOf = (numbers: number): number => padded(numbers, 2) / 2;

function layoutOf(shape: ScreenShape) {
  const layout = new Layout();
  const { rows, levels, terms } = shape;
  const pairs = levels.reduce((sum, numbers) => sum + pairsOf(numbers), 0);
  const each = <T>(count: number, place: () => T): T[] => Array.from({ length: count }, place);
  const at = {
    rows: layout.place(4 * pairs * rows),
    levels: layout.place(8 * levels.length),
    weights: layout.place(16 * pairs),
    factors: layout.place(4 * FACTORS * rows),
    sumsOf: layout.place((4 * rows) / ROW_GROUP),
    isRow: layout.place(rows),
    tiles: each(shape.tiles, () => ({
      values: layout.place(4 * pairs * TILE_DRAWS),
      bounds: layout.place(4 * BOUNDS * TILE_DRAWS),
      nearBounds: layout.place(4 * NEARS * TILE_DRAWS),
      // the kernel reads some of the first kind even where there is none
      sums: layout.place(4 * Math.max(1, terms) * TERM_SUMS * TILE_DRAWS),
      draws: layout.place(4 * TILE_DRAWS),
      reached: layout.place(TILE_DRAWS),
      doubts: layout.place(8 * MOST_DOUBTS),
      notes: layout.place(4 * NOTES),
    })),
    limits: each(shape.threads, () => layout.place(8 * TILE_DRAWS)),
    found: each(shape.threads, () => layout.place(4 * FOUND_NUMBERS)),
  };
  return { at, pairs, end: layout.end };
}
