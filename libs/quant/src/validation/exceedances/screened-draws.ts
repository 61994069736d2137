import { BOUND, NEAR, NOTE, PANEL, TERM_SUMS, TILE_DRAWS, type ScreenMemory, type ScreenTile } from './screen-memory';
import { MOST_ROW_LENGTH, ROW_UNIT, WHOLE, type LaidRows } from './screened-rows';
import { isOpen, type Levels, type UnitRows } from './unit-rows';

/** A sum stays below this; the scale of a draw leaves the rest to rounding. */
const MOST_SUM = 2 ** 31 / 1.05;

/** Writes draws in 16 bits, each with its bounds. */
export class ScreenedDraws {
  private readonly sums: Float64Array;

  constructor(
    private readonly rows: UnitRows,
    private readonly levels: Levels,
    private readonly laid: LaidRows,
    private readonly memory: ScreenMemory,
  ) {
    this.sums = new Float64Array(TERM_SUMS * memory.shape.terms);
  }

  /** Begins a tile with those draws that are open. */
  fill(tile: ScreenTile, draws: readonly Float64Array[], reached: Uint8Array, isGuarded: boolean): void {
    tile.notes.fill(0);
    draws.forEach((draw, number) => {
      tile.reached[number] = reached[number];
      if (!isOpen(reached[number], isGuarded)) return;
      const column = tile.notes[NOTE.draws]++;
      tile.draws[column] = number;
      this.add(tile, column, draw);
    });
  }

  private add({ values, bounds, nearBounds, sums }: ScreenTile, column: number, draw: Float64Array): void {
    const { laid, memory, rows, levels } = this;
    const { order } = laid;
    let [squares, peak] = [0, 0];
    for (let k = 0; k < draw.length; k++) {
      const size = Math.abs(draw[k]);
      squares += size * size;
      if (size > peak) peak = size;
    }
    const norm = Math.sqrt(squares);
    const scale = Math.min(ROW_UNIT / peak, MOST_SUM / (ROW_UNIT * MOST_ROW_LENGTH * norm));
    const perUnit = 1 / scale;
    const at = 2 * ((column - (column % PANEL)) * memory.pairs + (column % PANEL));
    let errors = 0;
    for (let k = 0; k < order.length; k++) {
      const number = order[k] < 0 ? 0 : draw[order[k]];
      const value = number * scale + WHOLE - WHOLE;
      const error = number - value * perUnit;
      errors += error * error;
      values[at + (k >> 1) * 2 * PANEL + (k & 1)] = value;
    }
    const changed = Math.sqrt(errors);
    // covers what rounds in double precision: the plain loop's sum, the lengths, the sums and the units
    const rest = (rows.length + 16) * Number.EPSILON * (norm + 1);
    const unit = ROW_UNIT * scale;
    const { low, high } = levels;
    const slack = laid.error * norm + (1 + laid.error) * changed + rest;
    bounds[BOUND.mayLow * TILE_DRAWS + column] = below((low - slack) * unit);
    bounds[BOUND.surelyLow * TILE_DRAWS + column] = above((low + slack) * unit);
    bounds[BOUND.mayHigh * TILE_DRAWS + column] = below((high - slack) * unit);
    bounds[BOUND.surelyHigh * TILE_DRAWS + column] = above((high + slack) * unit);
    if (rows.companions === undefined) return;
    for (const [{ error, length }, may, surely] of [
      [laid.byLevels, NEAR.may, NEAR.surely],
      [laid.byWeights, NEAR.mayByWeights, NEAR.surelyByWeights],
    ] as const) {
      const near = (error + 1.1 * laid.nearError) * norm + length * changed + (1 + length) * rest;
      nearBounds[may * TILE_DRAWS + column] = nearBelow((high - near) * unit);
      nearBounds[surely * TILE_DRAWS + column] = -nearBelow(-(high + near) * unit);
    }
    rows.companions.writeSums(draw, this.sums);
    this.sums.forEach((sum, kind) => (sums[kind * TILE_DRAWS + column] = sum * unit));
  }
}

const LARGEST = 2 ** 31 - 1;
/** The largest whole number of 32 bits that is below for sure, and the smallest that is above. */
const below = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, Math.floor(value) - 2));
const above = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, Math.ceil(value) + 2));
/** Below for sure as a number of single precision. */
const nearBelow = (value: number): number => value - 2 ** -20 * (Math.abs(value) + 1);
