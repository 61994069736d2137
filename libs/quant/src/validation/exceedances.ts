import type { Rng } from '../random';
import { Layout } from '../kernels/web-assembly';
import { compiledProducts, padded, ROW_GROUP, type CompiledProducts } from './kernels/compiled-products';

/** How many of the draws have a product at or above the threshold with at least one row. */
export interface ExceedanceInput {
  /** Of equal length. */
  readonly rows: readonly Float64Array[];
  readonly threshold: number;
  readonly draws: number;
  /** Gives the draws one after the other, each number by number. */
  readonly rng: Rng;
  /** Called with the share of the draws that are done. */
  readonly onProgress?: (fraction: number) => void;
  /** Default `auto`; all count the same. */
  readonly kernel?: 'auto' | 'plain' | 'single' | 'double';
}

/** Draws taken together: their numbers stay in the cache while the rows pass. */
const TILE_DRAWS = 32;
/** After so many rows the draws that are decided leave the tile. */
const BLOCK_ROWS = 128;
/** Above this length the rounding error of single precision would leave too much to compute again. */
const MOST_SINGLE = 8192;

/**
 * Counts the draws g ~ N(0, 1)^K with max_i (row_i . g) >= threshold; row_i . g is the sum in ascending order from one
 * accumulator. Rows pass in single precision first: only products whose distance from the threshold is within the bound
 * of the rounding error are computed in double precision, so the count is the one of the plain loop. Peak memory beyond
 * the rows: 4 bytes a number of them.
 */
export function countExceedances(input: ExceedanceInput): number {
  const { rows, threshold, kernel = 'auto' } = input;
  const length = rows[0]?.length ?? 0;
  // nothing is at or above what is no number
  if (rows.length === 0 || threshold !== threshold) return 0;
  const used = rows.map(usedLength);
  const order = Int32Array.from(rows.keys()).sort((a, b) => used[a] - used[b] || a - b);
  const single = kernel === 'auto' ? length <= MOST_SINGLE : kernel === 'single';
  const tile = kernel === 'plain' ? null : openTile(rows, used, order, single);
  const lanes = TILE_DRAWS;
  const draws = Array.from({ length: lanes }, () => new Float64Array(length));
  let count = 0;
  for (let done = 0; done < input.draws; done += lanes) {
    const taken = Math.min(lanes, input.draws - done);
    for (let lane = 0; lane < taken; lane++) {
      const draw = draws[lane];
      for (let k = 0; k < length; k++) draw[k] = input.rng.normal();
    }
    const open = draws.slice(0, taken);
    count += tile === null ? countPlain(rows, used, order, open, threshold) : tile.count(open, threshold);
    input.onProgress?.(Math.min(1, (done + lanes) / input.draws));
  }
  return count;
}

/** Trailing zeros of a triangular factor cost nothing when skipped. */
function usedLength(row: Float64Array): number {
  let length = row.length;
  while (length > 0 && row[length - 1] === 0) length -= 1;
  return length;
}

function dot(row: Float64Array, draw: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += row[k] * draw[k];
  return sum;
}

function countPlain(
  rows: readonly Float64Array[],
  used: readonly number[],
  order: Int32Array,
  draws: readonly Float64Array[],
  threshold: number,
): number {
  let count = 0;
  for (const draw of draws) {
    for (let i = 0; i < order.length; i++) {
      if (dot(rows[order[i]], draw, used[order[i]]) < threshold) continue;
      count += 1;
      break;
    }
  }
  return count;
}

interface Placed {
  readonly rows: number;
  readonly tile: number;
  readonly out: number;
}

function openTile(
  rows: readonly Float64Array[],
  used: readonly number[],
  order: Int32Array,
  single: boolean,
): DrawTile | null {
  const bytes = single ? 4 : 8;
  const layout = new Layout();
  const at = {
    rows: layout.place(padded(rows.length, ROW_GROUP) * rows[0].length * bytes),
    tile: layout.place(TILE_DRAWS * rows[0].length * bytes),
    out: layout.place(TILE_DRAWS * BLOCK_ROWS * bytes),
  };
  const kernels = compiledProducts(layout.end);
  return kernels && new DrawTile(rows, used, order, single, kernels, at);
}

/** The rows in the memory of the kernels, and a tile of draws that passes over them block by block. */
class DrawTile {
  private readonly lanes: number;
  private readonly bytes: number;
  private readonly tile: Float32Array | Float64Array;
  private readonly out: Float32Array | Float64Array;
  /** Bound of |computed - exact| of a product, per unit of the draw's length. */
  private readonly error: number;

  constructor(
    private readonly rows: readonly Float64Array[],
    private readonly used: readonly number[],
    private readonly order: Int32Array,
    private readonly single: boolean,
    private readonly kernels: CompiledProducts,
    private readonly at: Placed,
  ) {
    const length = rows[0].length;
    const column = single ? Float32Array : Float64Array;
    this.lanes = single ? 8 : 4;
    this.bytes = column.BYTES_PER_ELEMENT;
    const memory = new column(kernels.buffer, at.rows, rows.length * length);
    order.forEach((row, place) => memory.set(rows[row], place * length));
    this.tile = new column(kernels.buffer, at.tile, TILE_DRAWS * length);
    this.out = new column(kernels.buffer, at.out, TILE_DRAWS * BLOCK_ROWS);
    let longest = 0;
    for (const row of rows) longest = Math.max(longest, dot(row, row, length));
    this.error = single ? singleError(length) * Math.sqrt(longest) : 0;
  }

  /** How many of at most `TILE_DRAWS` draws reach the threshold. */
  count(draws: readonly Float64Array[], threshold: number): number {
    const { kernels, at, bytes, order, used, lanes } = this;
    const length = this.rows[0].length;
    let open = draws.slice();
    let decided = 0;
    this.fill(open);
    for (let from = 0; from < order.length && open.length > 0; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, order.length - from);
      const panels = Math.ceil(open.length / lanes);
      const longest = used[order[from + count - 1]];
      const kernel = this.single ? kernels.products32 : kernels.products64;
      const first = at.rows + from * length * bytes;
      kernel(first, padded(count, ROW_GROUP), length, longest, at.tile, panels, at.out);
      const left = open.filter((draw, column) => !this.reaches(draw, column, panels * lanes, from, count, threshold));
      decided += open.length - left.length;
      if (left.length < open.length) this.fill(left);
      open = left;
    }
    return decided;
  }

  /** Whether a row of the block reaches the threshold in this column. */
  private reaches(
    draw: Float64Array,
    column: number,
    width: number,
    from: number,
    count: number,
    threshold: number,
  ): boolean {
    const { out, rows, used, order } = this;
    const slack = this.error * Math.sqrt(dot(draw, draw, draw.length));
    const low = threshold - slack;
    const high = threshold + slack;
    for (let r = 0; r < count; r++) {
      const near = out[r * width + column];
      if (near < low) continue;
      if (near >= high) return true;
      const row = order[from + r];
      if (dot(rows[row], draw, used[row]) >= threshold) return true;
    }
    return false;
  }

  private fill(draws: readonly Float64Array[]): void {
    const { tile, lanes } = this;
    const length = this.rows[0].length;
    draws.forEach((draw, column) => {
      const base = Math.floor(column / lanes) * lanes * length + (column % lanes);
      for (let k = 0; k < length; k++) tile[base + k * lanes] = draw[k];
    });
  }
}

/**
 * Rounding both factors, their product and each addition to 24 bits moves a sum of n products by at most
 * gamma(n + 2) |row| |draw| with gamma(m) = m u / (1 - m u), u = 2^-24 (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2002, section 3.1); a little more covers the double precision sum it stands for.
 */
function singleError(length: number): number {
  const roundings = (length + 3) * 2 ** -24;
  return (1.001 * roundings) / (1 - roundings);
}
