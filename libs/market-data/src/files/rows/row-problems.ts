import { type FieldProblem, invalid, timeText } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import type { Place } from '../read-note';

const MOST_SHOWN = 20;

/** Collects what is wrong with the rows of a file, by line and column; stops a hopeless file early. */
export class RowProblems {
  private readonly problems: FieldProblem[] = [];
  private zoneMissing = false;

  constructor(
    public bytes: Uint8Array,
    private readonly place: Place,
  ) {}

  get count(): number {
    return this.problems.length;
  }

  /** Takes back those after the first `count`, and gives them. */
  takeBack(count: number): FieldProblem[] {
    return this.problems.splice(count);
  }

  get full(): boolean {
    return this.problems.length >= MOST_SHOWN;
  }

  cells(line: number, expected: number, actual: number): void {
    this.add(line, '', 'cells', actual, `must have ${expected} cells, was ${actual}`);
  }

  time(line: number, column: string, from: number, to: number): void {
    const text = this.text(from, to);
    this.add(
      line,
      column,
      'iso_8601',
      text,
      `must be a date such as 2020-01-31, a time such as 2020-01-31T09:30:00Z or an epoch, was ${text}`,
    );
  }

  clock(line: number, column: string, from: number, to: number): void {
    const text = this.text(from, to);
    this.add(line, column, 'time_of_day', text, `must be a time of day such as 09:30 or 093000, was ${text}`);
  }

  /** Rows of one time that say different things: which is right only their maker knows. */
  conflict(
    line: number,
    column: string,
    timeMs: number,
    other: { line: number; name: string; values: [number, number] },
  ): void {
    const [first, second] = other.values;
    const says =
      `must come once, but ${timeText(timeMs)} is on ${this.place} ${other.line} with ${other.name} ${first} ` +
      `and on ${this.place} ${line} with ${other.name} ${second}: delete the wrong one`;
    this.add(line, column, 'unique', timeText(timeMs), says);
  }

  order(
    line: number,
    column: string,
    { previousMs, timeMs, newestFirst }: { previousMs: number; timeMs: number; newestFirst: boolean },
  ): void {
    const must = `${newestFirst ? 'before' : 'after'} ${timeText(previousMs)} of the ${this.place} before`;
    const why = newestFirst ? ', as the file begins with the newest' : '';
    const was = `must be ${must}${why}, was ${timeText(timeMs)}; rows in no order are sorted where sort is given`;
    this.add(line, column, 'sorted', timeText(timeMs), was);
  }

  /** Said once: no other line could be told apart either. */
  zone(line: number, instantMs: number): void {
    if (this.zoneMissing) return;
    this.zoneMissing = true;
    if (this.full) return;
    const message =
      `zone must be given, such as Asia/Hong_Kong: the daily bar of ${this.place} ${line} is stamped ` +
      `${new Date(instantMs).toISOString()}, whose date depends on where the market is`;
    this.problems.push({ field: 'zone', rule: 'required', value: null, message });
  }

  price(line: number, column: string, value: number, from: number, to: number): void {
    if (Math.abs(value) === Infinity) return this.beyond(line, column, from, to);
    const text = this.text(from, to);
    const rule = Number.isNaN(value) ? 'number' : 'positive';
    this.add(line, column, rule, text, `must be a number above 0, was ${text}`);
  }

  volume(line: number, column: string, value: number, from: number, to: number): void {
    if (Math.abs(value) === Infinity) return this.beyond(line, column, from, to);
    const text = this.text(from, to);
    this.add(line, column, 'not_negative', text, `must be a number of at least 0, was ${text}`);
  }

  /** Digits that are a number, but none that could be stored. */
  beyond(line: number, column: string, from: number, to: number): void {
    const text = this.text(from, to);
    this.add(line, column, 'number', text, `must be a number of at most 1.7e308, was ${text}`);
  }

  /** A cell that breaks a rule of its column. */
  cell(line: number, column: string, rule: string, must: string, from: number, to: number): void {
    const text = this.text(from, to);
    this.value(line, column, rule, `must be ${must}, was ${text}`, text);
  }

  /** A value that breaks a rule; `says` is all that follows the name of its column. */
  value(line: number, column: string, rule: string, says: string, value: unknown): void {
    this.add(line, column, rule, value, says);
  }

  throwIfAny(): void {
    if (this.problems.length > 0) throw invalid(this.problems);
  }

  private text(from: number, to: number): string {
    return to > from ? textOf(this.bytes, from, Math.min(to, from + 40)) : 'empty';
  }

  private add(line: number, column: string, rule: string, value: unknown, says: string): void {
    if (this.full) return;
    const row = `${this.place}s[${line}]`;
    const field = column === '' ? row : `${row}.${column}`;
    const message = `${this.place} ${line}: ${column === '' ? 'the row' : column} ${says}`;
    this.problems.push({ field, rule, value, message });
  }
}
