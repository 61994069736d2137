import { ROW_GROUP, type CompiledProducts } from '../kernels/compiled-products';
import {
  BOUND,
  FOUND_SUMS,
  FOUND_WORDS,
  MOST_BLOCK_ROWS,
  MOST_DOUBTS,
  NOTE,
  PANEL,
  TILE_DRAWS,
  type ScreenMemory,
  type ScreenTile,
} from './screen-memory';
import { REACHED_BOTH, REACHED_HIGH, REACHED_LOW } from './unit-rows';

/** The first rows that pass decide most draws, where many are to be. */
const FIRST_BLOCK_ROWS = 16;
/** No sum is above. */
const NOTHING = 2 ** 31 - 1;

/** Passes all rows of a memory over its tiles; any thread may do a tile, and what it finds does not depend on which. */
export class DrawScreen {
  private readonly kernel: CompiledProducts['screen16'];

  constructor(
    private readonly memory: ScreenMemory,
    kernels: Pick<CompiledProducts, 'screen16'>,
  ) {
    this.kernel = kernels.screen16;
  }

  /**
   * Raises what the draws of a tile have surely reached, and writes down the pairs of rows and draws that it leaves open. Ends
   * before the last row where there is no room for more of them.
   */
  pass(number: number): void {
    const tile = this.memory.tiles[number];
    const { notes } = tile;
    const { rows } = this.memory.shape;
    let block = FIRST_BLOCK_ROWS;
    while (notes[NOTE.row] < rows && notes[NOTE.draws] > 0) {
      if (notes[NOTE.doubts] + MOST_BLOCK_ROWS * TILE_DRAWS > MOST_DOUBTS) return;
      this.passBlock(tile, Math.min(block, rows - notes[NOTE.row]));
      block = Math.min(2 * block, MOST_BLOCK_ROWS);
    }
  }

  private passBlock(tile: ScreenTile, count: number): void {
    const { memory } = this;
    const { pairs, limits, found, shape } = memory;
    const { notes } = tile;
    const row = notes[NOTE.row];
    const panels = Math.ceil(notes[NOTE.draws] / PANEL);
    this.setLimits(tile, row < shape.guarded, panels * PANEL);
    const blocks = this.kernel(
      memory.rows.byteOffset + 4 * row * pairs,
      Math.ceil(count / ROW_GROUP),
      pairs,
      tile.at,
      panels,
      limits.byteOffset,
      found.byteOffset,
    );
    for (let block = 0; block < blocks; block++) this.take(tile, block * FOUND_WORDS, row, count);
    notes[NOTE.row] = row + count;
    this.closeRanks(tile);
  }

  /** A sum above its limit is looked at. */
  private setLimits({ bounds, draws, reached, notes }: ScreenTile, isGuarded: boolean, columns: number): void {
    const { limits } = this.memory;
    for (let column = 0; column < columns; column++) {
      const before = column < notes[NOTE.draws] ? reached[draws[column]] : REACHED_BOTH;
      if (before >= REACHED_HIGH) limits[column] = NOTHING;
      else {
        const bound = isGuarded && before === 0 ? BOUND.mayLow : BOUND.mayHigh;
        limits[column] = bounds[bound * TILE_DRAWS + column];
      }
    }
  }

  /** Takes the sums of a group of rows with a panel of columns. */
  private take(tile: ScreenTile, at: number, from: number, count: number): void {
    const { found, limits, shape } = this.memory;
    const [first, panel] = [found[at] * ROW_GROUP, found[at + 1] * PANEL];
    for (let r = 0; r < Math.min(ROW_GROUP, count - first); r++) {
      const row = from + first + r;
      for (let c = 0; c < PANEL; c++) {
        const sum = found[at + FOUND_SUMS + r * PANEL + c];
        if (sum > limits[panel + c]) this.judge(tile, row, panel + c, sum, row < shape.guarded);
      }
    }
  }

  private judge(tile: ScreenTile, row: number, column: number, sum: number, isGuarded: boolean): void {
    const { bounds, reached, draws, doubts, notes } = tile;
    const draw = draws[column];
    const before = reached[draw];
    if (before >= REACHED_HIGH) return;
    if (sum > bounds[BOUND.surelyHigh * TILE_DRAWS + column]) {
      reached[draw] |= isGuarded ? REACHED_BOTH : REACHED_HIGH;
      return;
    }
    const isLow = isGuarded && before === 0;
    if (isLow && sum > bounds[BOUND.surelyLow * TILE_DRAWS + column]) {
      reached[draw] = REACHED_LOW;
      if (sum <= bounds[BOUND.mayHigh * TILE_DRAWS + column]) return;
    }
    if (!isLow && sum <= bounds[BOUND.mayHigh * TILE_DRAWS + column]) return;
    const doubt = notes[NOTE.doubts]++;
    doubts[2 * doubt] = row;
    doubts[2 * doubt + 1] = draw;
  }

  /** Draws that are decided make room for others where that saves a panel. */
  private closeRanks({ values, bounds, draws, reached, notes }: ScreenTile): void {
    const columns = notes[NOTE.draws];
    let open = 0;
    for (let column = 0; column < columns; column++) if (reached[draws[column]] < REACHED_HIGH) open++;
    if (Math.ceil(open / PANEL) === Math.ceil(columns / PANEL)) return;
    const pairs = new Int32Array(values.buffer, values.byteOffset, values.length / 2);
    let to = 0;
    for (let from = 0; from < columns; from++) {
      if (reached[draws[from]] >= REACHED_HIGH) continue;
      if (from > to) {
        const [source, target] = [this.columnAt(from), this.columnAt(to)];
        for (let k = 0; k < this.memory.pairs; k++) pairs[target + k * PANEL] = pairs[source + k * PANEL];
        for (let bound = 0; bound < bounds.length; bound += TILE_DRAWS) bounds[bound + to] = bounds[bound + from];
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
