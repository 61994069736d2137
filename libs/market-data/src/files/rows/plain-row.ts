import { DIGITS, POWERS_OF_TEN } from '../cells/number-bytes';
import type { TextLayout } from '../layout/layout';
import type { ColumnReader } from './column-reader';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const MINUS = 45;
/** Held here: an imported name is asked of its module for each cell. */
const POWERS = POWERS_OF_TEN;
const MOST_DIGITS = DIGITS;

/** What a cell is to be; from PRICE on, a number. */
const [LEFT_OUT, TIME, PRICE, VOLUME, EXTRA] = [0, 1, 2, 3, 4];

/**
 * Reads rows as nearly all are, each in one pass over its bytes: no quotes, no spaces around a cell, numbers of at most 15 digits
 * that their column allows. The scanner and the readers of the columns give the same values for them, and read all others.
 */
export class PlainRow {
  private readonly kinds: Uint8Array;
  private readonly times: ColumnReader | null;
  private values: Float64Array[] = [];

  private constructor(
    private readonly delimiter: number,
    private readonly decimal: number,
    private readonly readers: readonly (ColumnReader | null)[],
    kinds: readonly number[],
  ) {
    this.kinds = Uint8Array.from(kinds);
    this.times = readers[kinds.indexOf(TIME)] ?? null;
  }

  /** Null where a row needs more than its cells one after the other. */
  static of(
    { columns, delimiter, symbols }: TextLayout,
    readers: readonly (ColumnReader | null)[],
    decimal: number,
  ): PlainRow | null {
    if (columns.length === 1 || symbols !== null || columns.some(({ role }) => role === 'clock')) return null;
    const kinds = columns.map(({ role }, c) => {
      if (readers[c] === null) return LEFT_OUT;
      if (role === 'time') return TIME;
      return role === 'volume' ? VOLUME : role === 'extra' ? EXTRA : PRICE;
    });
    return new PlainRow(delimiter, decimal, readers, kinds);
  }

  /** Makes use of the room that the readers have made. */
  begin(): void {
    this.values = this.readers.map((reader) => reader?.values ?? new Float64Array(0));
  }

  /** Puts the values of the row that begins at `from` to place `row`, and gives the start of the next; 0 where it is not plain. */
  read(bytes: Uint8Array, from: number, row: number, line: number): number {
    const { kinds, values, delimiter } = this;
    // a cell ends where the delimiter is, whatever else it may be
    const decimal = this.decimal === delimiter ? NEWLINE : this.decimal;
    const { length } = bytes;
    const last = kinds.length - 1;
    let timeFrom = 0;
    let timeTo = 0;
    let at = from;
    for (let c = 0; c <= last; c += 1) {
      const kind = kinds[c];
      const start = at;
      if (kind < PRICE) {
        while (at < length && bytes[at] !== delimiter && bytes[at] !== NEWLINE && bytes[at] !== RETURN) at += 1;
        if (at === start || bytes[start] === QUOTE || bytes[start] === SPACE || bytes[at - 1] === SPACE) return 0;
        if (kind === TIME) {
          timeFrom = start;
          timeTo = at;
        }
      } else {
        const isNegative = at < length && bytes[at] === MINUS;
        if (isNegative) at += 1;
        let mantissa = 0;
        let digits = 0;
        let whole = -1;
        for (; at < length; at += 1) {
          const digit = bytes[at] - 48;
          if (digit >= 0 && digit <= 9) {
            mantissa = mantissa * 10 + digit;
            digits += 1;
          } else if (bytes[at] === decimal && whole < 0) whole = digits;
          else break;
        }
        if (digits === 0 || digits > MOST_DIGITS) return 0;
        const size = whole < 0 ? mantissa : mantissa / POWERS[digits - whole];
        if (kind === PRICE ? isNegative || size === 0 : kind === VOLUME && isNegative) return 0;
        values[c][row] = isNegative ? -size : size;
      }
      if (c < last) {
        if (at >= length || bytes[at] !== delimiter) return 0;
        at += 1;
      }
    }
    if (at < length && bytes[at] === RETURN) at += 1;
    // a last row without an end is the scanner's too
    if (at >= length || bytes[at] !== NEWLINE) return 0;
    this.times?.read(row, line, timeFrom, timeTo);
    return at + 1;
  }
}
