import { DAY_MS } from '@assay/primitives';
import type { FileColumn } from '../layout/column-names';
import { textOf } from '../cells/number-bytes';
import type { NumberCell } from '../cells/number-cell';
import type { RowProblems } from './row-problems';
import type { TimeCell } from '../cells/time-bytes';
import type { ZoneClock } from '../cells/zone-clock';

/** Takes the cells of one column, row by row; says what is wrong with them, by line. */
export interface ColumnReader {
  readonly values: Float64Array;
  /** Of an extra column: the first cell that was no number, with its line. */
  readonly ignored: { line: number; text: string } | null;
  read(row: number, line: number, from: number, to: number): void;
}

export interface ColumnContext {
  bytes: Uint8Array;
  problems: RowProblems;
  number: NumberCell;
  time: TimeCell;
  /** Times are cut to their date. */
  daily: boolean;
  newestFirst: boolean;
  /** Clock of times that state no zone; null is UTC. */
  wallClock: ZoneClock | null;
  /** Clock by which an instant has a date; null where none was stated. */
  dateClock: ZoneClock | null;
  /** Called when an instant got its date from `dateClock`. */
  onDated(line: number): void;
}

export function columnReader(column: FileColumn, capacity: number, context: ColumnContext): ColumnReader {
  const values = new Float64Array(capacity);
  if (column.role === 'time') return new TimeColumn(values, column.name, context);
  if (column.role === 'extra') return new ExtraColumn(values, context);
  if (column.role === 'volume') return new VolumeColumn(values, column.name, context);
  return new PriceColumn(values, column.name, context);
}

/** A missing value: an empty cell, or one that says so. */
function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  return to === from || /^(nan|null|none|n\/?a|-+)$/i.test(textOf(bytes, from, to));
}

class TimeColumn implements ColumnReader {
  readonly ignored = null;
  private previous = NaN;
  private readonly sign: number;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {
    this.sign = context.newestFirst ? -1 : 1;
  }

  read(row: number, line: number, from: number, to: number): void {
    const { problems, time: cell, daily, wallClock } = this.context;
    if (!cell.read(from, to)) {
      this.values[row] = NaN;
      problems.time(line, this.name, from, to);
      return;
    }
    const time = daily
      ? this.dateOf(cell, line)
      : cell.kind === 'wall' && wallClock !== null
        ? wallClock.instantMs(cell.instantMs)
        : cell.instantMs;
    this.values[row] = time;
    if ((time - this.previous) * this.sign <= 0) {
      problems.order(line, this.name, { previousMs: this.previous, timeMs: time, newestFirst: this.sign < 0 });
    }
    this.previous = time;
  }

  /**
   * 00:00Z of a daily bar's date: the one that is written. An instant without a place (an epoch, a UTC time of day) has
   * a date only by a clock; midnight in UTC stands for its UTC date, as no market's own midnight west or east of it does.
   */
  private dateOf({ kind, instantMs, dateMs }: TimeCell, line: number): number {
    if ((kind !== 'epoch' && kind !== 'utc') || instantMs % DAY_MS === 0) return dateMs;
    const { dateClock, problems, onDated } = this.context;
    if (dateClock !== null) {
      onDated(line);
      return dateClock.dateMs(instantMs);
    }
    if (kind === 'epoch') problems.zone(line, instantMs);
    return dateMs;
  }
}

class PriceColumn implements ColumnReader {
  readonly ignored = null;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    const value = this.context.number.read(line, from, to);
    this.values[row] = value;
    if (!(value > 0)) this.context.problems.price(line, this.name, value, from, to);
  }
}

class VolumeColumn implements ColumnReader {
  readonly ignored = null;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    const { bytes, problems, number } = this.context;
    const value = number.read(line, from, to);
    this.values[row] = value;
    if (!(value >= 0) && !isMissing(bytes, from, to)) problems.volume(line, this.name, from, to);
  }
}

class ExtraColumn implements ColumnReader {
  ignored: { line: number; text: string } | null = null;

  constructor(
    readonly values: Float64Array,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    if (this.ignored) return;
    const { bytes, number } = this.context;
    const value = number.read(line, from, to);
    this.values[row] = value;
    if (Number.isNaN(value) && !isMissing(bytes, from, to)) {
      this.ignored = { line, text: textOf(bytes, from, Math.min(to, from + 40)) };
    }
  }
}
