import { Layout } from '../../kernels/web-assembly';
import { fillPanels, PANEL_COLUMNS } from '../dot-products';
import { compiledProducts, padded, ROW_GROUP, type CompiledProducts } from '../kernels/compiled-products';
import type { ScreenedInput } from './screened-pass';
import { isOpen, reachedBy, type RowPass } from './unit-rows';

const TILE_DRAWS = 32;
/** After so many rows the draws that are decided leave the tile. */
const BLOCK_ROWS = 128;
const DOUBLE = 8;

/** Computes the products of some rows in double precision, a tile of draws at a time. */
export class DoublePass implements RowPass {
  readonly draws = TILE_DRAWS;
  private readonly tile: Float64Array;
  private readonly out: Float64Array;
  /** The draws that are still to be decided, as columns of the tile. */
  private readonly open = new Int32Array(TILE_DRAWS);
  private readonly turns: { draws: readonly Float64Array[]; taken: number; first: number }[] = [];

  private constructor(
    private readonly input: ScreenedInput,
    private readonly kernels: CompiledProducts,
    private readonly at: { readonly rows: number; readonly tile: number; readonly out: number },
  ) {
    const { rows, from, to } = input;
    const { length } = rows;
    const memory = new Float64Array(kernels.buffer, at.rows, (to - from) * length);
    for (let row = from; row < to; row++)
      rows.write(row, memory.subarray((row - from) * length, (row - from + 1) * length));
    this.tile = new Float64Array(kernels.buffer, at.tile, TILE_DRAWS * length);
    this.out = new Float64Array(kernels.buffer, at.out, TILE_DRAWS * BLOCK_ROWS);
  }

  /** Null where nothing can be compiled, or there is no room. */
  static open(input: ScreenedInput): DoublePass | null {
    const { rows, from, to } = input;
    const layout = new Layout();
    const at = {
      rows: layout.place(padded(to - from, ROW_GROUP) * rows.length * DOUBLE),
      tile: layout.place(TILE_DRAWS * rows.length * DOUBLE),
      out: layout.place(TILE_DRAWS * BLOCK_ROWS * DOUBLE),
    };
    const kernels = compiledProducts(layout.end);
    return kernels && new DoublePass(input, kernels, at);
  }

  prepare(turn: number, draws: readonly Float64Array[], taken: number, first: number): void {
    this.turns[turn] = { draws, taken, first };
  }

  raise(turn: number, meanwhile: () => void): void {
    const { kernels, at, open } = this;
    const { rows, from, to, reached } = this.input;
    const { draws, taken, first } = this.turns[turn];
    meanwhile();
    let count = 0;
    for (let draw = 0; draw < taken; draw++)
      if (isOpen(reached[first + draw], from < rows.guarded)) open[count++] = draw;
    this.fill(draws, count);
    for (let row = from; row < to && count > 0; row += BLOCK_ROWS) {
      const block = Math.min(BLOCK_ROWS, to - row);
      const panels = Math.ceil(count / PANEL_COLUMNS);
      const start = at.rows + (row - from) * rows.length * DOUBLE;
      kernels.products64(start, padded(block, ROW_GROUP), rows.length, rows.length, at.tile, panels, at.out);
      let left = 0;
      for (let column = 0; column < count; column++) {
        const draw = open[column];
        this.raiseBy(column, panels * PANEL_COLUMNS, row, block, first + draw);
        if (isOpen(reached[first + draw], row + block < rows.guarded)) open[left++] = draw;
      }
      if (left < count) this.fill(draws, left);
      count = left;
    }
  }

  close(): void {}

  /** Raises what one draw has reached by the products of a block. */
  private raiseBy(column: number, width: number, row: number, count: number, place: number): void {
    const { rows, levels, reached } = this.input;
    for (let r = 0; r < count; r++)
      reached[place] |= reachedBy(this.out[r * width + column], row + r < rows.guarded, levels);
  }

  private fill(draws: readonly Float64Array[], count: number): void {
    const columns = Array.from(this.open.subarray(0, count), (draw) => draws[draw]);
    fillPanels(this.tile, columns, this.input.rows.length);
  }
}
