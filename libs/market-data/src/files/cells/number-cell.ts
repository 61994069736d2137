import { COMMA, POINT, shortNumber, textOf } from './number-bytes';
import { hasUnit, isGrouped, numberOfText, withoutCurrency, type DecimalMark } from './number-text';
import type { ReadNotes } from '../read-note';

/** Reads numbers of a file in its decimal mark; notes what was more than digits. */
export class NumberCell {
  /** Byte of the mark. */
  readonly decimal: number;

  constructor(
    public bytes: Uint8Array,
    private readonly mark: DecimalMark,
    private readonly notes: ReadNotes,
  ) {
    this.decimal = mark === 'point' ? POINT : COMMA;
  }

  read(line: number, from: number, to: number): number {
    const number = shortNumber(this.bytes, from, to, this.decimal);
    return Number.isNaN(number) ? this.fromText(line, from, to) : number;
  }

  private fromText(line: number, from: number, to: number): number {
    if (from >= to) return NaN;
    const written = textOf(this.bytes, from, to);
    const text = withoutCurrency(written);
    const number = numberOfText(text, this.mark);
    if (Number.isNaN(number)) return NaN;
    if (text !== written)
      this.notes.recogniseOnce('currency', () => `currency signs are left out: ${written} is read as ${number}`, line);
    if (hasUnit(text))
      this.notes.recogniseOnce('unit_suffix', () => `numbers such as ${text} are read as ${grouped(number)}`, line);
    else if (isGrouped(text, this.mark))
      this.notes.recogniseOnce('thousands', () => `thousands are grouped: ${text} is read as ${number}`, line);
    return number;
  }
}

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
