import { ROW_GROUP, type CompiledProducts } from '../kernels/compiled-products';
import {
  BOUND,
  FACTORS,
  FOUND_NEAR,
  FOUND_SUMS,
  FOUND_WORDS,
  MOST_BLOCK_ROWS,
  MOST_DOUBTS,
  NEAR,
  NOTE,
  PANEL,
  TERM_SUMS,
  TILE_DRAWS,
  type ScreenMemory,
  type ScreenTile,
} from './screen-memory';
import { isOpen, REACHED_BOTH, REACHED_HIGH, REACHED_LOW } from './unit-rows';

/** The first rows that pass decide most draws, where many are to be. */
const FIRST_BLOCK_ROWS = 16;
/** No sum is above. */
const NOTHING = 2 ** 31 - 1;

/** Passes all rows of a memory over its tiles; any thread may do a tile, and what it finds does not depend on which. */
export class DrawScreen {
  constructor(
    private readonly memory: ScreenMemory,
    private readonly kernels: Pick<CompiledProducts, 'screen16' | 'weighted16'>,
  ) {}

  /**
   * Raises what the draws of a tile have surely reached, and writes down the products that it leaves open. Ends before the last row
   * where there is no room for more of them.
   */
  pass(number: number): void {
    const tile = this.memory.tiles[number];
    const { notes } = tile;
    const { rows } = this.memory.shape;
    let block = FIRST_BLOCK_ROWS;
    while (notes[NOTE.row] < rows && notes[NOTE.draws] > 0) {
      if (notes[NOTE.doubts] + 2 * MOST_BLOCK_ROWS * TILE_DRAWS > MOST_DOUBTS) return;
      this.passBlock(tile, Math.min(block, rows - notes[NOTE.row]));
      block = Math.min(2 * block, MOST_BLOCK_ROWS);
    }
  }

  private passBlock(tile: ScreenTile, count: number): void {
    const { memory } = this;
    const { pairs, limits, found, levels, factors, sumsOf, shape } = memory;
    const { notes } = tile;
    const row = notes[NOTE.row];
    const panels = Math.ceil(notes[NOTE.draws] / PANEL);
    this.setLimits(tile, row < shape.guarded, panels * PANEL);
    const blocks = this.kernels.screen16(
      memory.rows.byteOffset + 4 * row * pairs,
      count / ROW_GROUP,
      pairs,
      tile.at,
      panels,
      levels.byteOffset,
      shape.levels.length,
      factors.byteOffset + 4 * FACTORS * row,
      tile.sums.byteOffset,
      sumsOf.byteOffset + (4 * row) / ROW_GROUP,
      limits.byteOffset,
      found.byteOffset,
    );
    for (let block = 0; block < blocks; block++) this.take(tile, block * FOUND_WORDS, row);
    notes[NOTE.row] = row + count;
    this.closeRanks(tile, notes[NOTE.row] < shape.guarded);
  }

  /** What is above its limit is looked at. */
  private setLimits(
    { bounds, nearBounds, draws, reached, notes }: ScreenTile,
    isGuarded: boolean,
    columns: number,
  ): void {
    const { limits, nearLimits } = this.memory;
    for (let column = 0; column < columns; column++) {
      const before = column < notes[NOTE.draws] ? reached[draws[column]] : REACHED_BOTH;
      const isHigh = (before & REACHED_HIGH) !== 0;
      nearLimits[column] = isHigh ? Infinity : nearBounds[NEAR.may * TILE_DRAWS + column];
      if (!isOpen(before, isGuarded)) limits[column] = NOTHING;
      else {
        const bound = isGuarded && (before & REACHED_LOW) === 0 ? BOUND.mayLow : BOUND.mayHigh;
        limits[column] = bounds[bound * TILE_DRAWS + column];
      }
    }
  }

  /** Takes the products of a group of rows with a panel of columns. */
  private take(tile: ScreenTile, at: number, from: number): void {
    const { found, foundNear, limits, nearLimits, isRow, shape } = this.memory;
    const [first, panel] = [from + found[at] * ROW_GROUP, found[at + 1] * PANEL];
    for (let r = 0; r < ROW_GROUP; r++) {
      const row = first + r;
      if (isRow[row] === 0) continue;
      for (let c = 0; c < PANEL; c++) {
        const column = panel + c;
        const sum = found[at + FOUND_SUMS + r * PANEL + c];
        if (sum > limits[column]) this.judge(tile, row, column, sum, row < shape.guarded);
        const near = foundNear[at + FOUND_NEAR + r * PANEL + c];
        if (near > nearLimits[column]) this.judgeCompanion(tile, row, column, near);
      }
    }
  }

  private judge(tile: ScreenTile, row: number, column: number, sum: number, isGuarded: boolean): void {
    const { bounds, reached, draws } = tile;
    const draw = draws[column];
    if (sum > bounds[BOUND.surelyHigh * TILE_DRAWS + column]) {
      reached[draw] |= isGuarded ? REACHED_BOTH : REACHED_HIGH;
      return;
    }
    let isDoubtful = (reached[draw] & REACHED_HIGH) === 0 && sum > bounds[BOUND.mayHigh * TILE_DRAWS + column];
    if (isGuarded && (reached[draw] & REACHED_LOW) === 0) {
      if (sum > bounds[BOUND.surelyLow * TILE_DRAWS + column]) reached[draw] |= REACHED_LOW;
      else isDoubtful ||= sum > bounds[BOUND.mayLow * TILE_DRAWS + column];
    }
    if (isDoubtful) this.doubt(tile, 2 * row, draw);
  }

  private judgeCompanion(tile: ScreenTile, row: number, column: number, near: number): void {
    const { nearBounds, reached, draws } = tile;
    const draw = draws[column];
    if ((reached[draw] & REACHED_HIGH) !== 0) return;
    if (near > nearBounds[NEAR.surely * TILE_DRAWS + column]) {
      reached[draw] |= REACHED_HIGH;
      return;
    }
    const nearer = this.byWeights(tile, row, column);
    if (nearer > nearBounds[NEAR.surelyByWeights * TILE_DRAWS + column]) reached[draw] |= REACHED_HIGH;
    else if (nearer > nearBounds[NEAR.mayByWeights * TILE_DRAWS + column]) this.doubt(tile, 2 * row + 1, draw);
  }

  /** The product of a companion by the weights of all numbers. */
  private byWeights({ at, sums }: ScreenTile, row: number, column: number): number {
    const { rows, pairs, weights, factors, sumsOf } = this.memory;
    const group = (row - (row % ROW_GROUP)) / ROW_GROUP;
    const product = this.kernels.weighted16(
      rows.byteOffset + 16 * group * pairs + 4 * (row % ROW_GROUP),
      at + 4 * this.columnAt(column),
      pairs,
      weights.byteOffset,
    );
    const ofDraw = sumsOf[group] / 4 + column;
    let whole = factors[row * FACTORS] * product;
    for (let term = 0; term < TERM_SUMS; term++)
      whole += factors[row * FACTORS + 1 + term] * sums[ofDraw + term * TILE_DRAWS];
    return whole;
  }

  private doubt({ doubts, notes }: ScreenTile, product: number, draw: number): void {
    const doubt = notes[NOTE.doubts]++;
    doubts[2 * doubt] = product;
    doubts[2 * doubt + 1] = draw;
  }

  /** Draws that are decided make room for others where that saves a panel. */
  private closeRanks(tile: ScreenTile, isGuarded: boolean): void {
    const { values, bounds, nearBounds, sums, draws, reached, notes } = tile;
    const columns = notes[NOTE.draws];
    let open = 0;
    for (let column = 0; column < columns; column++) if (isOpen(reached[draws[column]], isGuarded)) open++;
    if (Math.ceil(open / PANEL) === Math.ceil(columns / PANEL)) return;
    const pairs = new Int32Array(values.buffer, values.byteOffset, values.length / 2);
    let to = 0;
    for (let from = 0; from < columns; from++) {
      if (!isOpen(reached[draws[from]], isGuarded)) continue;
      if (from > to) {
        const [source, target] = [this.columnAt(from), this.columnAt(to)];
        for (let k = 0; k < this.memory.pairs; k++) pairs[target + k * PANEL] = pairs[source + k * PANEL];
        for (const kinds of [bounds, nearBounds, sums])
          for (let kind = 0; kind < kinds.length; kind += TILE_DRAWS) kinds[kind + to] = kinds[kind + from];
        draws[to] = draws[from];
      }
      to++;
    }
    notes[NOTE.draws] = open;
  }

  /** Place of a column's first pair. */
  private columnAt(column: number): number {
    return (column - (column % PANEL)) * this.memory.pairs + (column % PANEL);
  }
}
