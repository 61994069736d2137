import { padded, ROW_GROUP } from '../kernels/compiled-products';
import { FACTORS, pairsOf, TERM_SUMS, TILE_DRAWS, type ScreenMemory, type ScreenShape } from './screen-memory';
import type { Companion, UnitRows } from './unit-rows';

/** A unit row's numbers in 16 bits. */
export const ROW_UNIT = 2 ** 15 - 1;
/** Added and taken away again it leaves the nearest whole number. */
export const WHOLE = 1.5 * 2 ** 52;
/** Rows that rounding changes by more, or that are longer, are no unit rows. */
const MOST_ROW_ERROR = 0.02;
export const MOST_ROW_LENGTH = 1.001;
/** Of single precision. */
const NEAR_EPSILON = 2 ** -24;
/** Roundings of a companion's product besides those of its levels. */
const NEAR_ROUNDINGS = 16;

/** Some rows as they lie in the memory of a screening. */
export class LaidRows {
  /** Number of the row at each place; -1 where one only fills a group. */
  readonly rowOf: Int32Array;
  readonly shape: Omit<ScreenShape, 'tiles' | 'threads'>;
  /** Place of the numbers in the order in which they are taken, -1 for one that fills a pair. */
  readonly order: Int32Array;
  /** Largest length of what rounding changes in a row. */
  error = 0;
  /** Of what rounding changes in a companion, by levels of weights and by the weights themselves, and of one as it is rounded. */
  readonly byLevels = { error: 0, length: 0 };
  readonly byWeights = { error: 0, length: 0 };
  /** What single precision may add, per unit of a draw's length. */
  nearError = 0;

  constructor(
    private readonly rows: UnitRows,
    places: readonly number[],
  ) {
    const { length, companions, guarded } = rows;
    const levels = companions?.levels.map(({ count }) => count) ?? [length];
    const order = companions?.order ?? Int32Array.from({ length }, (_, k) => k);
    this.rowOf = Int32Array.from(places);
    this.shape = {
      rows: places.length,
      levels,
      guarded: places.findLastIndex((row) => row >= 0 && row < guarded) + 1,
      terms: companions?.terms.length ?? 0,
    };
    this.order = new Int32Array(2 * levels.reduce((sum, numbers) => sum + pairsOf(numbers), 0)).fill(-1);
    let [from, to] = [0, 0];
    for (const numbers of levels) {
      this.order.set(order.subarray(from, from + numbers), to);
      from += numbers;
      to += 2 * pairsOf(numbers);
    }
  }

  /** False where a row is no unit row, such as one that left the range of numbers. */
  write(memory: ScreenMemory): boolean {
    this.writeLevels(memory);
    const row = new Float64Array(this.rows.length);
    return this.rowOf.every((number, place) => {
      const companion = number < 0 ? null : (this.rows.companions?.of(number) ?? null);
      memory.isRow[place] = number < 0 ? 0 : 1;
      this.writeFactors(memory, place, companion);
      row.fill(0);
      if (number >= 0) this.rows.write(number, row);
      return this.writeRow(memory, place, row, companion);
    });
  }

  private writeRow(memory: ScreenMemory, place: number, row: Float64Array, companion: Companion | null): boolean {
    const { order } = this;
    const at = 2 * ((place - (place % ROW_GROUP)) * memory.pairs + (place % ROW_GROUP));
    const perUnit = 1 / ROW_UNIT;
    let [squares, errors] = [0, 0];
    for (let k = 0; k < order.length; k++) {
      const number = order[k] < 0 ? 0 : row[order[k]];
      const value = number * ROW_UNIT + WHOLE - WHOLE;
      const error = number - value * perUnit;
      squares += number * number;
      errors += error * error;
      memory.rows[at + (k >> 1) * 2 * ROW_GROUP + (k & 1)] = value;
    }
    const error = Math.sqrt(errors);
    if (!(error <= MOST_ROW_ERROR && squares <= MOST_ROW_LENGTH)) return false;
    this.error = Math.max(this.error, error);
    if (companion !== null) this.measureCompanion(row, companion);
    return true;
  }

  /** What a companion's product can differ by from the one that is computed. */
  private measureCompanion(row: Float64Array, { gain, terms, factors }: Companion): void {
    const { order } = this;
    const { weights, levels, terms: lengths } = this.rows.companions!;
    const perUnit = 1 / ROW_UNIT;
    let [ofLevels, ofWeights, errors, smallErrors, at] = [0, 0, 0, 0, 0];
    for (const { count, weight } of levels) {
      for (let k = at; k < at + count; k++) {
        const number = row[order[k]];
        const own = weights[order[k]];
        const rounded = (number * ROW_UNIT + WHOLE - WHOLE) * perUnit;
        ofLevels += (rounded * weight) ** 2;
        ofWeights += (rounded * own) ** 2;
        errors += (number * own - rounded * weight) ** 2;
        smallErrors += ((number - rounded) * own) ** 2;
      }
      at += 2 * pairsOf(count);
    }
    raise(this.byLevels, gain * Math.sqrt(errors), gain * Math.sqrt(ofLevels));
    raise(this.byWeights, gain * Math.sqrt(smallErrors), gain * Math.sqrt(ofWeights));
    const linear = factors.reduce((sum, factor, i) => sum + Math.abs(factor) * lengths[terms][i], 0);
    const parts = levels.reduce(
      (sum, { weight }, level) => sum + Math.abs(weight - (levels[level + 1]?.weight ?? 0)),
      0,
    );
    const roundings = levels.length + NEAR_ROUNDINGS;
    this.nearError = Math.max(this.nearError, NEAR_EPSILON * roundings * (gain * parts + linear));
  }

  /** Sums up to the end of a level count with what its weight is more than the next one's. */
  private writeLevels({ levels, levelWeights, weights }: ScreenMemory): void {
    const { companions, length } = this.rows;
    for (let k = 0; k < weights.length; k++)
      weights[k] = companions === undefined || this.order[k] < 0 ? 0 : companions.weights[this.order[k]];
    const own = companions?.levels ?? [{ count: length, weight: 0 }];
    own.forEach(({ count, weight }, level) => {
      levels[2 * level] = pairsOf(count);
      levelWeights[2 * level + 1] = weight - (own[level + 1]?.weight ?? 0);
    });
  }

  /** Without a companion the gain is no number: nothing is below or above what comes of it. */
  private writeFactors({ factors, sumsOf }: ScreenMemory, place: number, companion: Companion | null): void {
    factors[place * FACTORS] = companion?.gain ?? NaN;
    for (let term = 0; term < TERM_SUMS; term++) factors[place * FACTORS + 1 + term] = companion?.factors[term] ?? 0;
    const group = (place - (place % ROW_GROUP)) / ROW_GROUP;
    if (place % ROW_GROUP === 0) sumsOf[group] = 0;
    if (companion !== null) sumsOf[group] = 4 * TERM_SUMS * TILE_DRAWS * companion.terms;
  }
}

function raise(largest: { error: number; length: number }, error: number, length: number): void {
  largest.error = Math.max(largest.error, error);
  largest.length = Math.max(largest.length, length);
}

/** Lays rows in groups; companions of a group have the same kind of terms. */
export function layRows(rows: UnitRows, from: number, to: number): LaidRows {
  const places: number[] = [];
  let terms: number | null = null;
  for (let row = from; row < to; row++) {
    const own = rows.companions?.of(row)?.terms ?? null;
    if (places.length % ROW_GROUP === 0) terms = null;
    if (own !== null && terms !== null && own !== terms) {
      while (places.length % ROW_GROUP !== 0) places.push(-1);
    }
    terms = own ?? (places.length % ROW_GROUP === 0 ? null : terms);
    places.push(row);
  }
  while (places.length % ROW_GROUP !== 0) places.push(-1);
  return new LaidRows(rows, places);
}

/** Bytes of a row, about. */
export const screenedRowBytes = (length: number): number => 2 * padded(length, 2);
