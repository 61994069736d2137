import type { CsvColumn } from './csv-header';
import { numberOf, textOf } from './number-bytes';
import type { RowProblems } from './row-problems';
import { timeOf } from './time-bytes';

const DAY_MS = 86_400_000;

/** Takes the cells of one column, row by row; says what is wrong with them, by line. */
export interface ColumnReader {
  readonly values: Float64Array;
  /** An extra column in which a cell was no number. */
  readonly ignored: boolean;
  read(row: number, line: number, from: number, to: number): void;
}

export interface ColumnContext {
  bytes: Uint8Array;
  problems: RowProblems;
  /** Times are cut to their date. */
  daily: boolean;
}

export function columnReader(column: CsvColumn, capacity: number, context: ColumnContext): ColumnReader {
  const values = new Float64Array(capacity);
  if (column.role === 'time') return new TimeColumn(values, column.name, context);
  if (column.role === 'extra') return new ExtraColumn(values, context);
  if (column.role === 'volume') return new VolumeColumn(values, column.name, context);
  return new PriceColumn(values, column.name, context);
}

/** A missing value: an empty cell, or one that says so. */
function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  return to === from || /^nan$/i.test(textOf(bytes, from, to));
}

class TimeColumn implements ColumnReader {
  readonly ignored = false;
  private previous = -Infinity;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    const { bytes, problems, daily } = this.context;
    const instant = timeOf(bytes, from, to);
    const time = daily ? Math.floor(instant / DAY_MS) * DAY_MS : instant;
    this.values[row] = time;
    if (Number.isNaN(time)) {
      problems.time(line, this.name, from, to);
      return;
    }
    if (time <= this.previous) problems.order(line, this.name, this.previous, time);
    this.previous = time;
  }
}

class PriceColumn implements ColumnReader {
  readonly ignored = false;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    const value = numberOf(this.context.bytes, from, to);
    this.values[row] = value;
    if (!(value > 0)) this.context.problems.price(line, this.name, value, from, to);
  }
}

class VolumeColumn implements ColumnReader {
  readonly ignored = false;

  constructor(
    readonly values: Float64Array,
    private readonly name: string,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, line: number, from: number, to: number): void {
    const { bytes, problems } = this.context;
    const value = numberOf(bytes, from, to);
    this.values[row] = value;
    if (!(value >= 0) && !isMissing(bytes, from, to)) problems.volume(line, this.name, from, to);
  }
}

class ExtraColumn implements ColumnReader {
  ignored = false;

  constructor(
    readonly values: Float64Array,
    private readonly context: ColumnContext,
  ) {}

  read(row: number, _line: number, from: number, to: number): void {
    if (this.ignored) return;
    const { bytes } = this.context;
    const value = numberOf(bytes, from, to);
    this.values[row] = value;
    if (Number.isNaN(value) && !isMissing(bytes, from, to)) this.ignored = true;
  }
}
