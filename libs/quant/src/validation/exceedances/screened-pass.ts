import type { SharedWasmMemory } from '../../kernels/web-assembly';
import { helpTeam } from '../../team/help-team';
import { Team } from '../../team/team';
import type { TeamHelpers } from '../../team/team-helpers';
import {
  compiledProducts,
  padded,
  productsOn,
  ROW_GROUP,
  sharedProducts,
  type CompiledProducts,
  type SharedProducts,
} from '../kernels/compiled-products';
import { DrawScreen } from './draw-screen';
import { BOUND, NOTE, PANEL, ScreenMemory, TILE_DRAWS, type ScreenShape, type ScreenTile } from './screen-memory';
import { reachedBy, REACHED_BOTH, REACHED_HIGH, type Levels, type RowPass, type UnitRows } from './unit-rows';

/** Above this length rounding to 16 bits would leave too much to compute again: about half a standard deviation. */
export const MOST_SCREENED = 32_768;

/** A unit row's numbers in 16 bits. */
const ROW_UNIT = 2 ** 15 - 1;
/** Added and taken away again it leaves the nearest whole number. */
const WHOLE = 1.5 * 2 ** 52;
/** A sum stays below this; the scale of a draw leaves the rest to rounding. */
const MOST_SUM = 2 ** 31 / 1.05;
/** Rows that rounding changes by more, or that are longer, are no unit rows. */
const MOST_ROW_ERROR = 0.02;
const MOST_ROW_LENGTH = 1.001;

export interface ScreenedInput {
  readonly rows: UnitRows;
  readonly from: number;
  readonly to: number;
  readonly levels: Levels;
  readonly reached: Uint8Array;
  readonly helpers?: TeamHelpers<ScreenJob>;
}

/** A screening as the threads that help with it get it. */
export interface ScreenJob {
  readonly kind: 'screen';
  /** Number of the thread, from 1 on: who leads is number 0. */
  readonly lane: number;
  readonly words: Int32Array;
  readonly shape: ScreenShape;
  readonly memory: SharedWasmMemory;
}

/** Helps with a screening until it is over. */
export function helpScreen({ lane, words, shape, memory }: ScreenJob): void {
  const kernels = productsOn(memory, lane);
  // what cannot be compiled here the leader does alone
  if (kernels === null) return;
  const screen = new DrawScreen(new ScreenMemory(shape, kernels.buffer, lane), kernels);
  helpTeam(words, (turn, tile) => screen.pass(turn * tilesOfTurn(shape) + tile));
}

const tilesOfTurn = ({ tiles }: ScreenShape): number => tiles / 2;

/** Products of bars, rows and draws below which one thread is as fast: some tens of milliseconds. */
const LEAST_SHARED = 2e9;
/** Tiles of a turn that threads share: many even out who takes which, of long draws there is room for few. */
const MOST_SHARED_TILES = 8;
const DRAW_BYTES = 2 ** 24;

/**
 * Holds draws against rows that are rounded to 16 bits, both: only a product whose distance from a threshold is within what the
 * rounding can amount to is computed again, so what is reached is that of the plain loop. The sums are whole numbers and exact, and by
 * Cauchy and Schwarz rounding moves a product by at most |row's rounding| |draw| + |rounded row| |draw's rounding|, lengths that are known.
 */
export class ScreenedPass implements RowPass {
  readonly draws: number;
  private readonly team: Team | null;
  private readonly turns: { draws: readonly Float64Array[]; taken: number; first: number }[] = [];
  /** Largest length of what rounding changes in a row. */
  private rowError = 0;

  private constructor(
    private readonly input: ScreenedInput,
    private readonly memory: ScreenMemory,
    private readonly screen: DrawScreen,
    private readonly shared: SharedProducts | null,
  ) {
    const { shape } = memory;
    this.draws = tilesOfTurn(shape) * TILE_DRAWS;
    this.team = shared && new Team((turn, tile) => screen.pass(turn * tilesOfTurn(shape) + tile));
  }

  /** Null where nothing can be compiled, or rows are no unit rows. */
  static open(input: ScreenedInput): ScreenedPass | null {
    const { rows, from, to, reached, helpers } = input;
    const own = { rows: to - from, length: rows.length, guarded: rows.guarded - from };
    const isLarge = own.rows * own.length * reached.length >= LEAST_SHARED;
    if (helpers !== undefined && helpers.count > 0 && isLarge) {
      const fitting = Math.floor(DRAW_BYTES / (8 * TILE_DRAWS * own.length));
      const tiles = 2 * Math.max(1, Math.min(MOST_SHARED_TILES, fitting));
      const shape = { ...own, tiles, threads: helpers.count + 1 };
      const kernels = sharedProducts(ScreenMemory.bytes(shape));
      if (kernels !== null) return ScreenedPass.of(input, shape, kernels, kernels);
    }
    const shape = { ...own, tiles: 2, threads: 1 };
    const kernels = compiledProducts(ScreenMemory.bytes(shape));
    return kernels && ScreenedPass.of(input, shape, kernels, null);
  }

  private static of(
    input: ScreenedInput,
    shape: ScreenShape,
    kernels: CompiledProducts<ArrayBufferLike>,
    shared: SharedProducts | null,
  ): ScreenedPass | null {
    const memory = new ScreenMemory(shape, kernels.buffer, 0);
    const pass = new ScreenedPass(input, memory, new DrawScreen(memory, kernels), shared);
    if (pass.writeRows()) {
      pass.callHelpers();
      return pass;
    }
    pass.close(true);
    return null;
  }

  private callHelpers(): void {
    const { team, shared, memory } = this;
    const { helpers } = this.input;
    if (team === null || shared === null || helpers === undefined) return;
    const job = { kind: 'screen', words: team.words, shape: memory.shape, memory: shared.memory } as const;
    for (let helper = 0; helper < helpers.count; helper++) helpers.start(helper, { ...job, lane: helper + 1 });
  }

  prepare(turn: number, draws: readonly Float64Array[], taken: number, first: number): void {
    this.turns[turn] = { draws, taken, first };
    for (let at = 0; at < this.draws; at += TILE_DRAWS) {
      const tile = this.tileOf(turn, at);
      tile.notes.fill(0);
      for (let draw = 0; draw < Math.min(TILE_DRAWS, taken - at); draw++) {
        const before = this.input.reached[first + at + draw];
        tile.reached[draw] = before;
        if (before < REACHED_HIGH) this.add(tile, draw, draws[at + draw]);
      }
    }
  }

  raise(turn: number, meanwhile: () => void): void {
    const { taken } = this.turns[turn];
    const first = turn * tilesOfTurn(this.memory.shape);
    if (this.team === null) meanwhile();
    else this.team.run(turn, Math.ceil(taken / TILE_DRAWS), meanwhile);
    for (let at = 0; at < taken; at += TILE_DRAWS) this.settle(turn, first + at / TILE_DRAWS, at);
  }

  close(isOver: boolean): void {
    this.team?.close();
    if (isOver) this.shared?.release();
  }

  private tileOf(turn: number, at: number): ScreenTile {
    return this.memory.tiles[(turn * this.draws + at) / TILE_DRAWS];
  }

  /** Computes what a tile left open, and has the rows pass that did not yet. */
  private settle(turn: number, number: number, at: number): void {
    const { rows, from, levels, reached } = this.input;
    const { draws, taken, first } = this.turns[turn];
    const { notes, doubts, reached: found } = this.memory.tiles[number];
    while (notes[NOTE.doubts] > 0 || (notes[NOTE.draws] > 0 && notes[NOTE.row] < this.memory.shape.rows)) {
      for (let doubt = 0; doubt < notes[NOTE.doubts]; doubt++) {
        const [row, draw] = [doubts[2 * doubt] + from, doubts[2 * doubt + 1]];
        const isGuarded = row < rows.guarded;
        if (found[draw] === REACHED_BOTH || (found[draw] === REACHED_HIGH && !isGuarded)) continue;
        found[draw] |= reachedBy(rows.product(row, draws[at + draw]), isGuarded, levels);
      }
      notes[NOTE.doubts] = 0;
      this.screen.pass(number);
    }
    for (let draw = 0; draw < Math.min(TILE_DRAWS, taken - at); draw++) reached[first + at + draw] = found[draw];
  }

  /** Puts a draw into a tile's next column. */
  private add({ values, bounds, draws, notes }: ScreenTile, number: number, draw: Float64Array): void {
    const { length } = this.input.rows;
    let [squares, peak] = [0, 0];
    for (let k = 0; k < length; k++) {
      const size = Math.abs(draw[k]);
      squares += size * size;
      if (size > peak) peak = size;
    }
    const norm = Math.sqrt(squares);
    const scale = Math.min(ROW_UNIT / peak, MOST_SUM / (ROW_UNIT * MOST_ROW_LENGTH * norm));
    const column = notes[NOTE.draws]++;
    draws[column] = number;
    const at = 2 * ((column - (column % PANEL)) * this.memory.pairs + (column % PANEL));
    const perUnit = 1 / scale;
    let errors = 0;
    for (let k = 0; k < length; k++) {
      const value = draw[k] * scale + WHOLE - WHOLE;
      const error = draw[k] - value * perUnit;
      errors += error * error;
      values[at + (k >> 1) * 2 * PANEL + (k & 1)] = value;
    }
    if (length % 2 === 1) values[at + (length >> 1) * 2 * PANEL + 1] = 0;
    // the last term covers what rounds in double precision: the plain loop's sum, the lengths and the units
    const slack =
      this.rowError * norm + (1 + this.rowError) * Math.sqrt(errors) + (length + 16) * Number.EPSILON * (norm + 1);
    const unit = ROW_UNIT * scale;
    const { low, high } = this.input.levels;
    bounds[BOUND.mayLow * TILE_DRAWS + column] = below((low - slack) * unit);
    bounds[BOUND.surelyLow * TILE_DRAWS + column] = above((low + slack) * unit);
    bounds[BOUND.mayHigh * TILE_DRAWS + column] = below((high - slack) * unit);
    bounds[BOUND.surelyHigh * TILE_DRAWS + column] = above((high + slack) * unit);
  }

  /** False where a row is no unit row, such as one that left the range of numbers. */
  private writeRows(): boolean {
    const { rows, from, to } = this.input;
    const { memory } = this;
    const row = new Float64Array(rows.length);
    const perUnit = 1 / ROW_UNIT;
    for (let number = 0; number < to - from; number++) {
      row.fill(0);
      rows.write(from + number, row);
      const at = 2 * ((number - (number % ROW_GROUP)) * memory.pairs + (number % ROW_GROUP));
      let [squares, errors] = [0, 0];
      for (let k = 0; k < row.length; k++) {
        const value = row[k] * ROW_UNIT + WHOLE - WHOLE;
        const error = row[k] - value * perUnit;
        squares += row[k] * row[k];
        errors += error * error;
        memory.rows[at + (k >> 1) * 2 * ROW_GROUP + (k & 1)] = value;
      }
      if (row.length % 2 === 1) memory.rows[at + (row.length >> 1) * 2 * ROW_GROUP + 1] = 0;
      const error = Math.sqrt(errors);
      if (!(error <= MOST_ROW_ERROR && squares <= MOST_ROW_LENGTH)) return false;
      this.rowError = Math.max(this.rowError, error);
    }
    return true;
  }
}

const LARGEST = 2 ** 31 - 1;
/** The largest whole number of 32 bits that is below for sure, and the smallest that is above. */
const below = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, Math.floor(value) - 2));
const above = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, Math.ceil(value) + 2));

/** Bytes of a row. */
export const screenedRowBytes = (length: number): number => 2 * padded(length, 2);
