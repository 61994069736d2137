import { isDated, type Timeframe } from '@assay/contracts';
import { type BarColumns, type StandardColumn } from '@assay/domain';
import { DAY_MS, invalid } from '@assay/primitives';
import { NumberCell } from './cells/number-cell';
import { ZoneClock } from './cells/zone-clock';
import type { FileColumn } from './layout/column-names';
import type { TextLayout } from './layout/layout';
import { ReadNotes, type ReadNote } from './read-note';
import type { ReadOptions } from './read-options';
import type { ColumnContext, ColumnReader } from './rows/column-reader';
import { putInOrder } from './rows/order';
import { readRows, type PieceRows, type Rows } from './rows/read-rows';
import { clipToRange } from './rows/repairs';
import { withLeanPrices, withTickVolume } from './rows/source-values';
import { WholeText, type TextSource } from './rows/text-source';
import { settledText, type SettledText } from './settled-text';
import { utf8Of } from './unwrap/encoding';
import type { FileText } from './unwrap/file-text';
import { jsonText, looksLikeJson } from './unwrap/json-text';
import { unreadable } from './unwrap/limit';
import { unwrap, type Unwrapped } from './unwrap/unwrap';

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
 * Bars of a file of text (delimited or JSON), plain or in gzip and zip: encoding, layout, decimal mark, date format,
 * spacing and order are recognised by content, in that order, and what a file leaves open is asked for. Header in any
 * case and order, further numeric columns kept in `extra`, others ignored. Throws `validation_failed` with line, column,
 * rule and value of what is unsorted, conflicting, missing, NaN or not positive (the first 20 problems). Correctly
 * rounded: every number equals `Number(cell)`. Needs nothing but its arguments, and its answer can be posted between
 * threads. `readBarsFile` reads Parquet and Arrow too.
 */
export function readBarsText(input: string | Uint8Array, options: ReadOptions = {}): ParsedBars {
  const notes = new ReadNotes();
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  const opened = unwrap(bytes, options, notes);
  if (opened.kind !== 'text') throw unreadable('text', `content must be text here, was ${opened.kind}`);
  return readText(textOfUnwrapped(opened, notes), options, notes);
}

/** The delimited text of an opened file of text. */
export function textOfUnwrapped({ bytes, name }: Unwrapped, notes: ReadNotes): FileText {
  const text = utf8Of(bytes, notes);
  notes.facts.format = looksLikeJson(text) ? 'JSON' : 'delimited text';
  return notes.facts.format === 'JSON' ? jsonText(text, name, notes) : { bytes: text, name, place: 'line' };
}

/** Bars of delimited text; `notes` holds what was recognised, also when it throws. */
export function readText(text: FileText, options: ReadOptions, notes: ReadNotes): ParsedBars {
  const source = new WholeText(text.bytes);
  const settled = settledText(text, source, options, notes);
  const { layout, newestFirst } = settled;
  let whole: PieceRows | undefined;
  const rows = rowsOf(source, settled, options, notes, (piece) => (whole = piece));
  const count = orderRows(layout, rows, whole!.lines, { newestFirst, sort: options.sort ?? false }, notes);
  const lines = whole!.lines.subarray(0, count);
  const parsed = assembledBars(layout.columns, { ...whole!, count }, settled.timeframe, options);
  withLeanPrices(parsed.bars, layout.form, notes);
  withTickVolume(parsed.bars, layout.columns, notes);
  notes.repairs.push(...clipToRange(parsed.bars, (bar) => lines[bar]));
  noteIgnored(layout.columns, rows.readers, notes);
  if (options.strict) refuseRepairs(notes.repairs);
  return { ...parsed, present: settled.present, recognised: notes.recognised, repairs: notes.repairs, lines };
}

/** The rows of a settled text; `take` gets those of each piece. */
export function rowsOf(
  source: TextSource,
  { layout, mark, time, newestFirst, timeframe }: SettledText,
  options: ReadOptions,
  notes: ReadNotes,
  take: (rows: PieceRows) => void,
): Rows {
  const cells = {
    ...{ number: new NumberCell(new Uint8Array(0), mark, notes), time },
    ...{ daily: isDated(timeframe), newestFirst, skipBad: options.skipBad ?? false },
    clocked: layout.columns.some(({ role }) => role === 'clock'),
    ...clocksOf(options, notes),
  };
  const rows = readRows(source, layout, cells, take);
  notes.facts.rows = rows.count;
  notes.repairs.push(...rows.repairs);
  return rows;
}

/** Under `strict`, what would be changed is what is wrong. */
export function refuseRepairs(repairs: readonly ReadNote[]): void {
  if (repairs.length === 0) return;
  throw invalid(
    repairs.map(({ code, message, line }) => ({
      ...{ field: line === undefined ? 'content' : `lines[${line}]`, rule: `strict_${code}`, value: line ?? null },
      message: `strict allows no repair: ${message}`,
    })),
  );
}

function orderRows(
  { columns, place }: TextLayout,
  rows: Rows,
  lines: Int32Array,
  how: { newestFirst: boolean; sort: boolean },
  notes: ReadNotes,
): number {
  const at = columns.findIndex(({ role }) => role === 'time');
  if (at < 0) return rows.count;
  const named = columns.flatMap(({ name, role }, c) => {
    const reader = rows.readers[c];
    return role === 'time' || role === 'clock' || reader === null || reader.ignored
      ? []
      : [{ name, values: reader.values }];
  });
  const { count, repairs } = putInOrder(
    { times: rows.readers[at]!.values, lines, columns: named, count: rows.count },
    { ...how, timeName: columns[at].name, place },
    rows.problems,
  );
  rows.problems.throwIfAny();
  notes.repairs.push(...repairs);
  return count;
}

function clocksOf(
  { zone, dateZone = zone }: ReadOptions,
  notes: ReadNotes,
): Pick<ColumnContext, 'wallClock' | 'dateClock' | 'onDated' | 'onWall'> {
  return {
    wallClock: zone === undefined ? null : new ZoneClock(zone),
    dateClock: dateZone === undefined ? null : new ZoneClock(dateZone),
    onDated: (line) => notes.recogniseOnce('date_zone', () => `instants are dated by the clocks of ${dateZone}`, line),
    onWall: (line) => {
      if (notes.facts.zone !== null) return;
      notes.facts.zone = zone ?? 'UTC';
      const message =
        zone === undefined
          ? 'times state no zone and are read as UTC: give a zone where they are not'
          : `times state no zone and are read by the clocks of ${zone}`;
      notes.recognise('zone', message, line);
    },
  };
}

export function noteIgnored(columns: readonly FileColumn[], readers: Rows['readers'], notes: ReadNotes): void {
  readers.forEach((reader, at) => {
    if (!reader?.ignored) return;
    const { text, line } = reader.ignored;
    notes.facts.columns[at].readAs = 'skip';
    notes.recognise('ignored_column', `column ${columns[at].name || at + 1} is left out: ${text} is no number`, line);
  });
}

/** The bars that the values of the columns make. */
export function assembledBars(
  columns: readonly FileColumn[],
  { readers, count }: { readers: readonly (Pick<ColumnReader, 'values' | 'ignored'> | null)[]; count: number },
  timeframe: Timeframe,
  options: ReadOptions,
): Pick<ParsedBars, 'bars' | 'adjFactor' | 'ignored'> {
  const column = (role: string): Float64Array | undefined =>
    readers[columns.findIndex((c) => c.role === role)]?.values.subarray(0, count);
  const missing = (): Float64Array => new Float64Array(count).fill(NaN);
  const extra = Object.fromEntries(
    columns.flatMap(({ role, name }, at) => {
      const reader = readers[at];
      const isKept = role === 'extra' && name !== '' && reader && !reader.ignored;
      return isKept ? [[name, reader.values.subarray(0, count)]] : [];
    }),
  );
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
    ignored: columns.filter((_, at) => readers[at]?.ignored).map(({ name }) => name),
  };
}
