import { Layout } from '../kernels/web-assembly';
import { compiledProducts, padded, ROW_GROUP, type CompiledProducts } from './kernels/compiled-products';

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

export interface ExceedanceInput {
  readonly rows: UnitRows;
  readonly low: number;
  /** At least `low`. */
  readonly high: number;
  /** What each draw has reached so far; raised to what it reaches with these rows. */
  readonly reached: Uint8Array;
  /** Gives the draws from the first on, one after the other; opened once for each pass over the rows. */
  readonly open: () => (into: Float64Array) => void;
  /** Called with the share of the work that is done. */
  readonly onProgress?: (fraction: number) => void;
  /** Default `auto`; all find the same. */
  readonly kernel?: 'auto' | 'plain' | 'single' | 'double';
  /** Memory for rows; more of them take more passes. */
  readonly rowBytes?: number;
}

/** Draws taken together: their numbers stay in the cache while the rows pass. */
const TILE_DRAWS = 32;
/** After so many rows the draws that are decided leave the tile. */
const BLOCK_ROWS = 128;
/** Above this length the rounding error of single precision would leave too much to compute again. */
const MOST_SINGLE = 8192;
const ROW_BYTES = 2 ** 27;

/**
 * Raises, for each draw g, what max over rows of (row . g) reaches: the lower threshold by the guarded rows, the higher one by
 * all. Rows pass in single precision first: only products whose distance from a threshold is within the bound of the rounding
 * error are computed in double precision, so what is reached is that of the plain loop.
 */
export function raiseReached(input: ExceedanceInput): void {
  const { rows, low, high, reached, kernel = 'auto', rowBytes = ROW_BYTES } = input;
  // nothing is at or above what is no number
  if (rows.count === 0 || low !== low || high !== high) return;
  const single = kernel === 'auto' ? rows.length <= MOST_SINGLE : kernel === 'single';
  const fitting = Math.max(BLOCK_ROWS, Math.floor(rowBytes / (rows.length * (single ? 4 : 8))));
  const draws = Array.from({ length: TILE_DRAWS }, () => new Float64Array(rows.length));
  for (let from = 0; from < rows.count; from += fitting) {
    const to = Math.min(rows.count, from + fitting);
    const tile = kernel === 'plain' ? null : openTile(input, from, to, single);
    const next = input.open();
    for (let done = 0; done < reached.length; done += TILE_DRAWS) {
      const taken = Math.min(TILE_DRAWS, reached.length - done);
      for (let lane = 0; lane < taken; lane++) next(draws[lane]);
      if (tile !== null) tile.raise(draws, taken, done);
      else for (let lane = 0; lane < taken; lane++) raisePlain(input, from, to, draws[lane], done + lane);
      input.onProgress?.(
        (from + ((to - from) * Math.min(done + TILE_DRAWS, reached.length)) / reached.length) / rows.count,
      );
    }
  }
}

function raisePlain(
  { rows, low, high, reached }: ExceedanceInput,
  from: number,
  to: number,
  draw: Float64Array,
  at: number,
): void {
  // guarded rows come first: when another one reaches the higher threshold, the lower one is decided
  for (let row = from; row < to && reached[at] < REACHED_HIGH; row++) {
    const product = rows.product(row, draw);
    const isGuarded = row < rows.guarded;
    if (product >= high) reached[at] |= isGuarded ? REACHED_BOTH : REACHED_HIGH;
    else if (isGuarded && product >= low) reached[at] = REACHED_LOW;
  }
}

interface Placed {
  readonly rows: number;
  readonly tile: number;
  readonly out: number;
}

function openTile(input: ExceedanceInput, from: number, to: number, single: boolean): DrawTile | null {
  const bytes = single ? 4 : 8;
  const { length } = input.rows;
  const layout = new Layout();
  const at = {
    rows: layout.place(padded(to - from, ROW_GROUP) * length * bytes),
    tile: layout.place(TILE_DRAWS * length * bytes),
    out: layout.place(TILE_DRAWS * BLOCK_ROWS * bytes),
  };
  const kernels = compiledProducts(layout.end);
  return kernels && new DrawTile(input, from, to, single, kernels, at);
}

/** Some rows in the memory of the kernels, and a tile of draws that passes over them block by block. */
class DrawTile {
  private readonly lanes: number;
  private readonly bytes: number;
  private readonly tile: Float32Array | Float64Array;
  private readonly out: Float32Array | Float64Array;
  /** Bound of |computed - exact| of a product, per unit of the draw's length. */
  private readonly error: number;
  /** The lanes that are still to be decided, as columns of the tile. */
  private readonly open = new Int32Array(TILE_DRAWS);
  private readonly slack = new Float64Array(TILE_DRAWS);

  constructor(
    private readonly input: ExceedanceInput,
    private readonly from: number,
    private readonly to: number,
    private readonly single: boolean,
    private readonly kernels: CompiledProducts,
    private readonly at: Placed,
  ) {
    const { rows } = input;
    const { length } = rows;
    const column = single ? Float32Array : Float64Array;
    this.lanes = single ? 8 : 4;
    this.bytes = column.BYTES_PER_ELEMENT;
    const memory = new column(kernels.buffer, at.rows, (to - from) * length);
    for (let row = from; row < to; row++)
      rows.write(row, memory.subarray((row - from) * length, (row - from + 1) * length));
    this.tile = new column(kernels.buffer, at.tile, TILE_DRAWS * length);
    this.out = new column(kernels.buffer, at.out, TILE_DRAWS * BLOCK_ROWS);
    this.error = single ? singleError(length) : 0;
  }

  /** Raises what the first `taken` draws have reached; they are number `first` and on. */
  raise(draws: readonly Float64Array[], taken: number, first: number): void {
    const { kernels, at, bytes, lanes, open, input } = this;
    const { length } = input.rows;
    let count = 0;
    for (let lane = 0; lane < taken; lane++) {
      if (input.reached[first + lane] >= REACHED_HIGH) continue;
      this.slack[lane] = this.error * norm(draws[lane]);
      open[count++] = lane;
    }
    this.fill(draws, count);
    const kernel = this.single ? kernels.products32 : kernels.products64;
    for (let row = this.from; row < this.to && count > 0; row += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, this.to - row);
      const panels = Math.ceil(count / lanes);
      const start = at.rows + (row - this.from) * length * bytes;
      kernel(start, padded(rows, ROW_GROUP), length, length, at.tile, panels, at.out);
      let left = 0;
      for (let column = 0; column < count; column++) {
        const lane = open[column];
        this.raiseBy(draws[lane], lane, column, panels * lanes, row, rows, first + lane);
        if (input.reached[first + lane] < REACHED_HIGH) open[left++] = lane;
      }
      if (left < count) this.fill(draws, left);
      count = left;
    }
  }

  /** Raises what one draw has reached by the products of a block. */
  private raiseBy(
    draw: Float64Array,
    lane: number,
    column: number,
    width: number,
    from: number,
    count: number,
    place: number,
  ): void {
    const { out } = this;
    const { rows, low, high, reached } = this.input;
    const slack = this.slack[lane];
    for (let r = 0; r < count; r++) {
      const near = out[r * width + column];
      const isGuarded = from + r < rows.guarded;
      const wanted = isGuarded && reached[place] === 0 ? low : high;
      if (near < wanted - slack) continue;
      const isClear = near >= high + slack || (near >= wanted + slack && near < high - slack);
      const product = isClear ? near : rows.product(from + r, draw);
      if (product >= high) {
        reached[place] |= isGuarded ? REACHED_BOTH : REACHED_HIGH;
        return;
      }
      if (product >= wanted) reached[place] = REACHED_LOW;
    }
  }

  private fill(draws: readonly Float64Array[], count: number): void {
    const { tile, lanes, open } = this;
    const { length } = this.input.rows;
    for (let column = 0; column < count; column++) {
      const draw = draws[open[column]];
      const base = Math.floor(column / lanes) * lanes * length + (column % lanes);
      for (let k = 0; k < length; k++) tile[base + k * lanes] = draw[k];
    }
  }
}

function norm(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
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
