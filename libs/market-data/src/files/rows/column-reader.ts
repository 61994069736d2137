import { DAY_MS, hasYear } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import type { NumberCell } from '../cells/number-cell';
import type { TimeReader } from '../cells/time-bytes';
import { clockOfText } from '../cells/time-text';
import type { ZoneClock } from '../cells/zone-clock';
import type { FileColumn } from '../layout/column-names';
import type { RowProblems } from './row-problems';

/** Takes the cells of one column, row by row; says what is wrong with them, by line. */
export interface ColumnReader {
  /** Of the rows of one piece of the file, until the next begins. */
  readonly values: Float64Array;
  /** Of an extra column: the first cell that was no number, with its line. */
  readonly ignored: { line: number; text: string } | null;
  /** Makes room for the rows of the next piece. */
  begin(capacity: number): void;
  read(row: number, line: number, from: number, to: number): void;
}

export interface ColumnContext {
  bytes: Uint8Array;
  problems: RowProblems;
  number: NumberCell;
  time: TimeReader;
  /** Times are cut to their date. */
  daily: boolean;
  newestFirst: boolean;
  /** Whether a column of times of day stands beside that of dates. */
  clocked: boolean;
  /** Clock of times that state no zone; null is UTC. */
  wallClock: ZoneClock | null;
  /** Clock by which an instant has a date; null where none was stated. */
  dateClock: ZoneClock | null;
  /** Called when an instant got its date from `dateClock`. */
  onDated(line: number): void;
  /** Called for a time that states no zone. */
  onWall(line: number): void;
}

/** Readers of the columns in their order; null for one that is left out. */
export function columnReaders(columns: readonly FileColumn[], context: ColumnContext): (ColumnReader | null)[] {
  const times = new TimeColumn(columns.find(({ role }) => role === 'time')?.name ?? '', context);
  return columns.map(({ role, name }) => {
    if (role === 'skip' || role === 'symbol') return null;
    if (role === 'time') return times;
    if (role === 'clock') return new ClockColumn(times, name, context);
    if (role === 'extra') return new ExtraColumn(name, context);
    return role === 'volume' ? new VolumeColumn(name, context) : new PriceColumn(name, context);
  });
}

/** A missing value: an empty cell, or one that says so. */
export function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  return to === from || /^(nan|null|none|n\/?a|-+|\.)$/i.test(textOf(bytes, from, to));
}

/** Values of one piece after another, in the same memory where there is room. */
abstract class Values {
  values = new Float64Array(0);

  begin(capacity: number): void {
    if (this.values.length < capacity) this.values = new Float64Array(capacity);
  }
}

class TimeColumn extends Values implements ColumnReader {
  readonly ignored = null;
  private previousMs = NaN;

  constructor(
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {
    super();
  }

  read(row: number, line: number, from: number, to: number): void {
    const { problems, time: cell, daily, clocked, onWall } = this.context;
    if (!cell.read(from, to)) {
      this.values[row] = NaN;
      problems.time(line, this.name, from, to);
    } else if (daily) this.values[row] = this.dateOf(cell, line);
    else if (clocked) this.values[row] = cell.dateMs;
    else {
      const isWall = cell.kind === 'wall';
      if (isWall) onWall(line);
      if (isWall) this.put(row, cell.instantMs);
      else this.values[row] = cell.instantMs;
      if (!hasYear(this.values[row])) problems.time(line, this.name, from, to);
    }
  }

  /** The instant of a wall time. */
  put(row: number, wallMs: number): void {
    const { wallClock, newestFirst } = this.context;
    this.previousMs = wallClock === null ? wallMs : wallClock.instantMs(wallMs, this.previousMs, newestFirst);
    this.values[row] = this.previousMs;
  }

  /**
   * 00:00Z of a daily bar's date: the one that is written. An instant without a place (an epoch, a UTC time of day) has
   * a date only by a clock; midnight in UTC stands for its UTC date, as no market's own midnight west or east of it does.
   */
  private dateOf({ kind, instantMs, dateMs }: TimeReader, line: number): number {
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

/** Times of day beside a column of dates, which comes before it. */
class ClockColumn implements ColumnReader {
  readonly ignored = null;

  constructor(
    private readonly times: TimeColumn,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  get values(): Float64Array {
    return this.times.values;
  }

  begin(): void {
    // the dates have made room
  }

  read(row: number, line: number, from: number, to: number): void {
    const { bytes, daily, problems, onWall } = this.context;
    const sinceMs = clockOfText(textOf(bytes, from, to));
    if (Number.isNaN(sinceMs)) problems.clock(line, this.name, from, to);
    else if (!daily && !Number.isNaN(this.values[row])) {
      onWall(line);
      this.times.put(row, this.values[row] + sinceMs);
      if (!hasYear(this.values[row])) problems.clock(line, this.name, from, to);
    }
  }
}

class PriceColumn extends Values implements ColumnReader {
  readonly ignored = null;

  constructor(
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {
    super();
  }

  read(row: number, line: number, from: number, to: number): void {
    const value = this.context.number.read(line, from, to);
    this.values[row] = value;
    if (!(value > 0 && value < Infinity)) this.context.problems.price(line, this.name, value, from, to);
  }
}

class VolumeColumn extends Values implements ColumnReader {
  readonly ignored = null;

  constructor(
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {
    super();
  }

  read(row: number, line: number, from: number, to: number): void {
    const { bytes, problems, number } = this.context;
    const value = number.read(line, from, to);
    this.values[row] = value;
    if (!(value >= 0 && value < Infinity) && !isMissing(bytes, from, to))
      problems.volume(line, this.name, value, from, to);
  }
}

class ExtraColumn extends Values implements ColumnReader {
  ignored: { line: number; text: string } | null = null;

  constructor(
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {
    super();
  }

  read(row: number, line: number, from: number, to: number): void {
    if (this.ignored) return;
    const { bytes, number, problems } = this.context;
    const value = number.read(line, from, to);
    this.values[row] = value;
    if (Math.abs(value) === Infinity) problems.beyond(line, this.name, from, to);
    else if (Number.isNaN(value) && !isMissing(bytes, from, to)) {
      this.ignored = { line, text: textOf(bytes, from, Math.min(to, from + 40)) };
    }
  }
}
