import type { Timeframe } from '@assay/contracts';
import { type BarColumns, type StandardColumn } from '@assay/domain';
import { DAY_MS, type FieldProblem, invalid } from '@assay/primitives';
import { columnReader, type ColumnContext, type ColumnReader } from './rows/column-reader';
import type { FileColumn } from './layout/column-names';
import { styleOf, type DateFormat } from './layout/file-style';
import { NumberCell } from './cells/number-cell';
import type { DecimalMark } from './cells/number-text';
import { ReadNotes, type ReadNote } from './read-note';
import { clipToRange, turnRound } from './rows/repairs';
import { RowProblems } from './rows/row-problems';
import { RowScanner } from './rows/row-scanner';
import { checkSpacing, sparseText, spacingOf, timeframeOfStep, type Spacing } from './rows/spacing';
import { layoutOf, type TextLayout } from './layout/text-layout';
import { TimeCell } from './cells/time-bytes';
import { ZoneClock } from './cells/zone-clock';

export interface ReadOptions {
  symbol?: string;
  source?: string;
  /** Default `1d`; `recognise` takes the spacing of the bars. Daily bars are stamped 00:00Z of their date. */
  timeframe?: Timeframe | 'recognise';
  /** Columns without which the file is refused; default none. */
  require?: readonly ('date' | StandardColumn)[];
  /** IANA zone of times that state none; default UTC. */
  zone?: string;
  /** IANA zone of the market, by which an instant (an epoch) is a date; default `zone`. */
  dateZone?: string;
  /** For files whose numbers or dates can be read two ways. */
  decimal?: DecimalMark;
  dateFormat?: DateFormat;
}

export interface ParsedBars {
  /** Prices as they stand in the file, oldest first. Columns that the file does not have are all NaN. */
  bars: BarColumns;
  /** Adjusted close / close of each bar when the file has an adjusted close, else null. */
  adjFactor: Float64Array | null;
  /** Which of the standard columns (and `date`) the file has. Without a date, bars are numbered in days from 1970. */
  present: ReadonlySet<'date' | StandardColumn>;
  /** Columns left out because a cell of theirs is no number. */
  ignored: string[];
  /** How the file was read where it is no plain one. */
  recognised: ReadNote[];
  /** What was changed. */
  repairs: ReadNote[];
  /** Line of each bar in the file; the first line is 1. */
  lines: Int32Array;
}

/**
 * Bars of a CSV file: layout, decimal mark, date format, spacing and order are recognised by content, in that order, and
 * what a file leaves open is asked for. Header in any case and order, further numeric columns kept in `extra`, others
 * ignored. Throws `validation_failed` with line, column, rule and value of what is unsorted, duplicate, missing, NaN or
 * not positive (the first 20 problems). Correctly rounded: every number equals `Number(cell)`. Needs nothing but its
 * arguments, and its answer can be posted between threads.
 */
export function readBarsText(input: string | Uint8Array, options: ReadOptions = {}): ParsedBars {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  checkZones(options);
  const notes = new ReadNotes();
  const layout = layoutOf(bytes, notes);
  const present = presentColumns(layout.columns);
  requireColumns(options.require ?? [], present, layout.header);
  const style = styleOf(bytes, layout, options, notes);
  const spacing = spacingOf(bytes, layout, style.order);
  const { newestFirst } = spacing;
  const timeframe = timeframeOf(options.timeframe ?? '1d', spacing, notes);
  const rows = readRows(bytes, layout, {
    number: new NumberCell(bytes, style.mark, notes),
    time: new TimeCell(bytes, style.order),
    daily: timeframe === '1d',
    newestFirst,
    ...clocksOf(options, notes),
  });
  const repairs: ReadNote[] = [];
  if (newestFirst) {
    turnRound([...rows.readers.map(({ values }) => values.subarray(0, rows.count)), rows.lines]);
    repairs.push({ code: 'newest_first', message: 'the file begins with the newest bar: its rows were turned round' });
  }
  const parsed = assemble(layout.columns, rows, timeframe, options);
  repairs.push(...clipToRange(parsed.bars, (bar) => rows.lines[bar]));
  noteIgnored(layout.columns, rows.readers, notes);
  return { ...parsed, present, recognised: notes.recognised, repairs, lines: rows.lines };
}

function checkZones({ zone, dateZone }: ReadOptions): void {
  for (const name of [zone, dateZone]) {
    if (name === undefined || ZoneClock.isZone(name)) continue;
    const message = `zone must be an IANA time zone such as Asia/Hong_Kong, was ${name}`;
    throw invalid([{ field: 'zone', rule: 'time_zone', value: name, message }]);
  }
}

function clocksOf(
  { zone, dateZone = zone }: ReadOptions,
  notes: ReadNotes,
): Pick<ColumnContext, 'wallClock' | 'dateClock' | 'onDated'> {
  return {
    wallClock: zone === undefined ? null : new ZoneClock(zone),
    dateClock: dateZone === undefined ? null : new ZoneClock(dateZone),
    onDated: (line) => notes.recogniseOnce('date_zone', () => `instants are dated by the clocks of ${dateZone}`, line),
  };
}

function timeframeOf(stated: Timeframe | 'recognise', spacing: Spacing, notes: ReadNotes): Timeframe {
  if (stated !== 'recognise') checkSpacing(stated, spacing);
  const timeframe = stated === 'recognise' ? timeframeOfStep(spacing.stepMs) : stated;
  const sparse = sparseText(timeframe, spacing);
  if (sparse) notes.recognise('sparse', sparse);
  if (stated === 'recognise' && timeframe !== '1d') notes.recognise('timeframe', `the bars are ${timeframe} bars`);
  return timeframe;
}

function presentColumns(columns: readonly FileColumn[]): Set<'date' | StandardColumn> {
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
  lines: Int32Array;
  count: number;
}

function readRows(
  bytes: Uint8Array,
  { columns, delimiter, from, line: firstLine }: TextLayout,
  cells: Omit<ColumnContext, 'bytes' | 'problems'>,
): Rows {
  const capacity = from < bytes.length ? countLines(bytes, from) : 0;
  const problems = new RowProblems(bytes);
  const readers = columns.map((column) => columnReader(column, capacity, { bytes, problems, ...cells }));
  const scanner = new RowScanner(bytes, delimiter, columns.length);
  const lines = new Int32Array(capacity);
  let count = 0;
  let line = firstLine;
  for (let at = from; at < bytes.length && !problems.full; line += 1) {
    at = scanner.next(at);
    // in a file of one column, an empty line between others is a missing value
    if (scanner.blank && (columns.length > 1 || isBlank(bytes, at))) continue;
    if (scanner.cells === columns.length) {
      readRow(readers, scanner, count, line);
      lines[count] = line;
      count += 1;
    } else problems.cells(line, columns.length, scanner.cells);
  }
  problems.throwIfAny();
  if (count === 0) throw invalid([emptyFile()]);
  return { readers, lines: lines.subarray(0, count), count };
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

function noteIgnored(columns: readonly FileColumn[], readers: readonly ColumnReader[], notes: ReadNotes): void {
  readers.forEach(({ ignored }, at) => {
    if (!ignored) return;
    const says = `column ${columns[at].name || at + 1} is left out: ${ignored.text} is no number`;
    notes.recognise('ignored_column', says, ignored.line);
  });
}

function assemble(
  columns: readonly FileColumn[],
  { readers, count }: Rows,
  timeframe: Timeframe,
  options: ReadOptions,
): Pick<ParsedBars, 'bars' | 'adjFactor' | 'ignored'> {
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
      timeframe,
      openTimeMs: column('time') ?? Float64Array.from({ length: count }, (_, i) => i * DAY_MS),
      open: column('open') ?? missing(),
      high: column('high') ?? missing(),
      low: column('low') ?? missing(),
      close: close ?? missing(),
      volume: column('volume') ?? missing(),
      extra,
    },
    adjFactor: close && adjusted ? adjusted.map((value, i) => value / close[i]) : null,
    ignored: columns.filter((_, at) => readers[at].ignored).map(({ name }) => name),
  };
}
