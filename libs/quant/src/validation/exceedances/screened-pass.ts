import type { SharedWasmMemory } from '../../kernels/web-assembly';
import { helpTeam } from '../../team/help-team';
import { Team } from '../../team/team';
import type { TeamHelpers } from '../../team/team-helpers';
import {
  compiledProducts,
  productsOn,
  sharedProducts,
  type CompiledProducts,
  type SharedProducts,
} from '../kernels/compiled-products';
import { DrawScreen } from './draw-screen';
import { NOTE, ScreenMemory, TILE_DRAWS, type ScreenShape } from './screen-memory';
import { ScreenedDraws } from './screened-draws';
import { layRows, type LaidRows } from './screened-rows';
import { reachedBy, REACHED_HIGH, type Levels, type RowPass, type UnitRows } from './unit-rows';

/** Above this length rounding to 16 bits would leave too much to compute again: about half a standard deviation. */
export const MOST_SCREENED = 32_768;

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
 * rounding can amount to is computed again, so what is reached is that of the plain loop. A companion's product is near by more: weights
 * of a level are taken for the same. Any such difference is the product of a vector whose length is known with the draw, so that Cauchy and
 * Schwarz bound it.
 */
export class ScreenedPass implements RowPass {
  readonly draws: number;
  private readonly drawn: ScreenedDraws;
  private readonly team: Team | null;
  private readonly turns: { draws: readonly Float64Array[]; taken: number; first: number }[] = [];

  private constructor(
    private readonly input: ScreenedInput,
    private readonly laid: LaidRows,
    private readonly memory: ScreenMemory,
    private readonly screen: DrawScreen,
    private readonly shared: SharedProducts | null,
  ) {
    const { shape } = memory;
    this.draws = tilesOfTurn(shape) * TILE_DRAWS;
    this.drawn = new ScreenedDraws(input.rows, input.levels, laid, memory);
    this.team = shared && new Team((turn, tile) => screen.pass(turn * tilesOfTurn(shape) + tile));
  }

  /** Null where nothing can be compiled, or rows are no unit rows. */
  static open(input: ScreenedInput): ScreenedPass | null {
    const { rows, from, to, reached, helpers } = input;
    const laid = layRows(rows, from, to);
    const isLarge = (to - from) * rows.length * reached.length >= LEAST_SHARED;
    if (helpers !== undefined && helpers.count > 0 && isLarge) {
      const fitting = Math.floor(DRAW_BYTES / (8 * TILE_DRAWS * rows.length));
      const tiles = 2 * Math.max(1, Math.min(MOST_SHARED_TILES, fitting));
      const shape = { ...laid.shape, tiles, threads: helpers.count + 1 };
      const kernels = sharedProducts(ScreenMemory.bytes(shape));
      if (kernels !== null) return ScreenedPass.of(input, laid, shape, kernels, kernels);
    }
    const shape = { ...laid.shape, tiles: 2, threads: 1 };
    const kernels = compiledProducts(ScreenMemory.bytes(shape));
    return kernels && ScreenedPass.of(input, laid, shape, kernels, null);
  }

  private static of(
    input: ScreenedInput,
    laid: LaidRows,
    shape: ScreenShape,
    kernels: CompiledProducts<ArrayBufferLike>,
    shared: SharedProducts | null,
  ): ScreenedPass | null {
    const memory = new ScreenMemory(shape, kernels.buffer, 0);
    if (!laid.write(memory)) {
      shared?.release();
      return null;
    }
    const pass = new ScreenedPass(input, laid, memory, new DrawScreen(memory, kernels), shared);
    pass.callHelpers();
    return pass;
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
    const { memory, input } = this;
    const isGuarded = memory.shape.guarded > 0;
    for (let at = 0; at < this.draws; at += TILE_DRAWS) {
      const tile = memory.tiles[(turn * this.draws + at) / TILE_DRAWS];
      const count = Math.max(0, Math.min(TILE_DRAWS, taken - at));
      const reached = input.reached.subarray(first + at, first + at + count);
      this.drawn.fill(tile, draws.slice(at, at + count), reached, isGuarded);
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

  /** Computes what a tile left open, and has the rows pass that did not yet. */
  private settle(turn: number, number: number, at: number): void {
    const { draws, taken, first } = this.turns[turn];
    const { notes, doubts, reached } = this.memory.tiles[number];
    while (notes[NOTE.doubts] > 0 || (notes[NOTE.draws] > 0 && notes[NOTE.row] < this.memory.shape.rows)) {
      for (let doubt = 0; doubt < notes[NOTE.doubts]; doubt++) {
        const draw = doubts[2 * doubt + 1];
        reached[draw] |= this.computed(doubts[2 * doubt], draws[at + draw], reached[draw]);
      }
      notes[NOTE.doubts] = 0;
      this.screen.pass(number);
    }
    for (let draw = 0; draw < Math.min(TILE_DRAWS, taken - at); draw++)
      this.input.reached[first + at + draw] = reached[draw];
  }

  /** What a product tells of its draw, in double precision; 0 where it can tell nothing new. */
  private computed(product: number, draw: Float64Array, before: number): number {
    const { rows, levels } = this.input;
    const row = this.laid.rowOf[product >> 1];
    if (product % 2 === 0) {
      const isGuarded = row < rows.guarded;
      const isKnown = (before & REACHED_HIGH) !== 0 && (!isGuarded || before !== REACHED_HIGH);
      return isKnown ? 0 : reachedBy(rows.product(row, draw), isGuarded, levels);
    }
    if ((before & REACHED_HIGH) !== 0) return 0;
    return reachedBy(rows.companions!.product(row, draw), false, levels);
  }
}
