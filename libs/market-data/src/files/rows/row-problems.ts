import { type FieldProblem, invalid } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';

const MOST_SHOWN = 20;
const shown = (timeMs: number): string => {
  const iso = new Date(timeMs).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
};

/** Collects what is wrong with the rows of a file, by line and column; stops a hopeless file early. */
export class RowProblems {
  private readonly problems: FieldProblem[] = [];
  private zoneMissing = false;

  constructor(private readonly bytes: Uint8Array) {}

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

  order(
    line: number,
    column: string,
    { previousMs, timeMs, newestFirst }: { previousMs: number; timeMs: number; newestFirst: boolean },
  ): void {
    const rule = timeMs === previousMs ? 'unique' : 'sorted';
    const must = `${newestFirst ? 'before' : 'after'} ${shown(previousMs)} of the line before`;
    const why = newestFirst ? ', as the file begins with the newest' : '';
    this.add(line, column, rule, shown(timeMs), `must be ${must}${why}, was ${shown(timeMs)}`);
  }

  /** Said once: no other line could be told apart either. */
  zone(line: number, instantMs: number): void {
    if (this.zoneMissing) return;
    this.zoneMissing = true;
    if (this.full) return;
    const message =
      `zone must be given, such as Asia/Hong_Kong: the daily bar of line ${line} is stamped ` +
      `${new Date(instantMs).toISOString()}, whose date depends on where the market is`;
    this.problems.push({ field: 'zone', rule: 'required', value: null, message });
  }

  price(line: number, column: string, value: number, from: number, to: number): void {
    const text = this.text(from, to);
    const rule = Number.isNaN(value) ? 'number' : 'positive';
    this.add(line, column, rule, text, `must be a number above 0, was ${text}`);
  }

  volume(line: number, column: string, from: number, to: number): void {
    const text = this.text(from, to);
    this.add(line, column, 'not_negative', text, `must be a number of at least 0, was ${text}`);
  }

  throwIfAny(): void {
    if (this.problems.length > 0) throw invalid(this.problems);
  }

  private text(from: number, to: number): string {
    return to > from ? textOf(this.bytes, from, Math.min(to, from + 40)) : 'empty';
  }

  private add(line: number, column: string, rule: string, value: unknown, says: string): void {
    if (this.full) return;
    const field = column === '' ? `lines[${line}]` : `lines[${line}].${column}`;
    const message = `line ${line}: ${column === '' ? 'the row' : column} ${says}`;
    this.problems.push({ field, rule, value, message });
  }
}
