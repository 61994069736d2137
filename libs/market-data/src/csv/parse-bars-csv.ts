import type { FieldProblem, Timeframe } from '@assay/contracts';
import { invalid, type BarColumns, type StandardColumn } from '@assay/domain';
import { columnReader, type ColumnReader } from './column-reader';
import { delimiterOf, readHeader, type CsvColumn } from './csv-header';
import { textOf } from './number-bytes';
import { RowProblems } from './row-problems';
import { RowScanner } from './row-scanner';

export interface CsvOptions {
  symbol?: string;
  source?: string;
  /** Default `1d`; daily bars are stamped by their date at 00:00Z. */
  timeframe?: Timeframe;
  /** Columns without which the file is refused; default none. */
  require?: readonly ('date' | StandardColumn)[];
}

export interface ParsedBars {
  /** Prices as they stand in the file. Columns that the file does not have are all NaN. */
  bars: BarColumns;
  /** Adjusted close / close of each bar when the file has an adjusted close, else null. */
  adjFactor: Float64Array | null;
  /** Which of the standard columns (and `date`) the file has. Without a date, bars are numbered in days from 1970. */
  present: ReadonlySet<'date' | StandardColumn>;
  /** Columns left out because a cell of theirs is no number. */
  ignored: string[];
}

const DAY_MS = 86_400_000;

/**
 * Bars of a CSV file: header in any case and order, further numeric columns kept in `extra`, others ignored. Throws
 * `validation_failed` with line, column, rule and value of what is unsorted, duplicate, missing, NaN or not positive
 * (the first 20 problems). Correctly rounded: every number equals `Number(cell)`.
 */
export function parseBarsCsv(input: string | Uint8Array, options: CsvOptions = {}): ParsedBars {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let headerEnd = bytes.indexOf(10, start);
  if (headerEnd < 0) headerEnd = bytes.length;
  const headerLine = textOf(bytes, start, headerEnd).replace(/\r$/, '');
  const columns = readHeader(headerLine);
  const present = presentColumns(columns);
  requireColumns(options.require ?? [], present, headerLine);
  const delimiter = delimiterOf(headerLine).charCodeAt(0);
  const daily = (options.timeframe ?? '1d') === '1d';
  return assemble(columns, readRows(bytes, headerEnd + 1, delimiter, columns, daily), present, options);
}

function presentColumns(columns: readonly CsvColumn[]): Set<'date' | StandardColumn> {
  const present = new Set<'date' | StandardColumn>();
  for (const { role } of columns) {
    if (role === 'time') present.add('date');
    else if (role !== 'extra' && role !== 'adj_close') present.add(role);
  }
  return present;
}

function requireColumns(required: readonly string[], present: ReadonlySet<string>, header: string): void {
  const missing = required.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  throw invalid(
    missing.map((name) => {
      const message = `header must have a column ${name}, was ${header.slice(0, 120)}`;
      return { field: `header.${name}`, rule: 'required', value: header.slice(0, 120), message };
    }),
  );
}

function countLines(bytes: Uint8Array, from: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

interface Rows {
  readers: ColumnReader[];
  count: number;
}

function readRows(bytes: Uint8Array, from: number, delimiter: number, columns: CsvColumn[], daily: boolean): Rows {
  const capacity = from < bytes.length ? countLines(bytes, from) : 0;
  const problems = new RowProblems(bytes);
  const readers = columns.map((column) => columnReader(column, capacity, { bytes, problems, daily }));
  const scanner = new RowScanner(bytes, delimiter, columns.length);
  let count = 0;
  let line = 2;
  for (let at = from; at < bytes.length && !problems.full; line += 1) {
    at = scanner.next(at);
    // in a file of one column, an empty line between others is a missing value
    if (scanner.blank && (columns.length > 1 || isBlank(bytes, at))) continue;
    if (scanner.cells === columns.length) {
      readRow(readers, scanner, count, line);
      count += 1;
    } else problems.cells(line, columns.length, scanner.cells);
  }
  problems.throwIfAny();
  if (count === 0) throw invalid([emptyFile()]);
  return { readers, count };
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte === 10 || byte === 13 || byte === 32);
}

function readRow(readers: readonly ColumnReader[], { starts, ends }: RowScanner, row: number, line: number): void {
  for (let c = 0; c < readers.length; c += 1) readers[c].read(row, line, starts[c], ends[c]);
}

function emptyFile(): FieldProblem {
  return { field: 'content', rule: 'min_rows', value: 0, message: 'the file must have at least 1 row, was 0' };
}

function assemble(
  columns: CsvColumn[],
  { readers, count }: Rows,
  present: ReadonlySet<'date' | StandardColumn>,
  options: CsvOptions,
): ParsedBars {
  const column = (role: string): Float64Array | undefined => {
    const at = columns.findIndex((c) => c.role === role);
    return at < 0 ? undefined : readers[at].values.subarray(0, count);
  };
  const missing = (): Float64Array => new Float64Array(count).fill(NaN);
  const extra: Record<string, Float64Array> = {};
  columns.forEach(({ role, name }, at) => {
    if (role === 'extra' && name !== '' && !readers[at].ignored) extra[name] = readers[at].values.subarray(0, count);
  });
  const close = column('close');
  const adjusted = column('adj_close');
  return {
    bars: {
      symbol: options.symbol ?? '',
      source: options.source ?? 'csv',
      timeframe: options.timeframe ?? '1d',
      openTimeMs: column('time') ?? Float64Array.from({ length: count }, (_, i) => i * DAY_MS),
      open: column('open') ?? missing(),
      high: column('high') ?? missing(),
      low: column('low') ?? missing(),
      close: close ?? missing(),
      volume: column('volume') ?? missing(),
      extra,
    },
    adjFactor: close && adjusted ? adjusted.map((value, i) => value / close[i]) : null,
    present,
    ignored: columns.filter((_, at) => readers[at].ignored).map(({ name }) => name),
  };
}
