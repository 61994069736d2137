import { invalid } from '@assay/primitives';
import { numberOf, textOf } from '../cells/number-bytes';
import { timeOfText } from '../cells/time-text';
import type { ReadNotes } from '../read-note';
import { RowScanner } from '../rows/row-scanner';
import type { FileText } from '../unwrap/file-text';
import type { TextLayout } from './layout';
import { checkHeader, columnsOf, type FileColumn } from './column-names';
import { headerlessOf, type Headerless } from './headerless';
import { settleColumns } from './name-columns';
import { namesOfHeader } from './header-lines';
import { sourceOf } from './sources';

export interface LayoutOptions {
  columns?: readonly string[];
  symbol?: string;
}

const DELIMITERS = [',', ';', '\t', '|'];
const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const SAMPLED_LINES = 8;
const BLANK = 32;
const ADDRESS = /^"?https?:\/\//i;
const STATED_DELIMITER = /^"?sep=(.)"?$/i;

/** Recognises delimiter, header lines and columns by content. Throws `validation_failed` about the header. */
export function layoutOf(text: FileText, options: LayoutOptions, notes: ReadNotes): TextLayout {
  const { bytes } = text;
  requireContent(bytes);
  const lines = firstLines(bytes);
  const before = preambleOf(lines, notes);
  const body = lines.slice(before);
  const mark =
    text.delimiter ??
    STATED_DELIMITER.exec(lines[before - 1]?.text ?? '')?.[1] ??
    delimiterOf(body.map((line) => line.text));
  if (text.place === 'line') {
    notes.facts.delimiter = DELIMITER_NAMES[mark] ?? mark;
    if (mark !== ',') notes.recognise('delimiter', `cells are separated by ${DELIMITER_NAMES[mark] ?? mark}`);
  }
  const delimiter = mark.charCodeAt(0);
  const rows = body.map(({ from, to }) => cellsOf(bytes, from, to, delimiter));
  const head = options.columns
    ? statedColumns(options.columns, rows)
    : recognised(rows, text, body[0]?.text ?? '', before, options, notes);
  notes.facts.layout ??= head.source;
  const from = body[head.lines]?.from ?? body[head.lines - 1]?.next ?? bytes.length;
  const sample = rows.slice(head.lines).find((cells) => cells.length === head.columns.length);
  const columns = settleColumns(head.columns, sample, before + 1, notes);
  const header = body[0]?.text ?? '';
  checkHeader(columns, header);
  // a rendered file's header is none of its rows
  const line = text.place === 'line' ? before + head.lines + 1 : 1;
  return { delimiter, columns, header, from, line, place: text.place, form: head.form, symbols: null };
}

function requireContent(bytes: Uint8Array): void {
  if (bytes.some((byte) => byte > BLANK)) return;
  const message = 'content must have a header and at least 1 row, the file is empty';
  throw invalid([{ field: 'content', rule: 'min_rows', value: 0, message }]);
}

interface Head {
  columns: FileColumn[];
  /** How many lines it has. */
  lines: number;
  form: Headerless | null;
  source: string | null;
}

function recognised(
  rows: string[][],
  text: FileText,
  header: string,
  before: number,
  { symbol }: LayoutOptions,
  notes: ReadNotes,
): Head {
  const form = headerlessOf(rows[0] ?? [''], text.name);
  if (form) {
    const names = form.names.slice(0, 7).join(', ');
    notes.recognise('no_header', `there is no header: columns are ${names}`, before + 1);
    return { columns: columnsOf(form.names), lines: 0, form, source: form.source };
  }
  const { names, lines, left } = namesOfHeader(rows, symbol, notes);
  const columns = columnsOf(names).map((column, at) => (left.has(at) ? { ...column, role: 'skip' as const } : column));
  if (lines > 1) notes.recognise('header_lines', `the header has ${lines} lines: columns by the first`, before + 2);
  return {
    columns,
    lines,
    form: null,
    source: lines > 1 ? 'yfinance' : (sourceOf(names) ?? (header === '' ? null : null)),
  };
}

/** Columns as stated; lines before the first row of that form are header. @throws DomainError when the rows have other cells */
function statedColumns(names: readonly string[], rows: string[][]): Head {
  const columns = columnsOf(names);
  const time = columns.findIndex(({ role }) => role === 'time');
  const price = columns.findIndex(({ role }) => role === 'close');
  const isRow = (cells: string[]): boolean =>
    cells.length === columns.length &&
    (time >= 0
      ? timeOfText(cells[time], 'dmy') !== null || timeOfText(cells[time], 'mdy') !== null
      : price < 0 || isNumber(cells[price]));
  const lines = Math.max(0, rows.findIndex(isRow));
  const cells = (rows[lines] ?? rows[0] ?? []).length;
  if (cells !== columns.length && rows.length > 0) {
    const message = `columns must name the ${cells} columns of the file in their order, were ${columns.length}: ${names.join(',')}`;
    throw invalid([{ field: 'columns', rule: 'cells', value: names.join(','), message }]);
  }
  return { columns, lines, form: null, source: null };
}

function isNumber(cell: string): boolean {
  const bytes = Buffer.from(cell);
  return !Number.isNaN(numberOf(bytes, 0, bytes.length)) || !Number.isNaN(numberOf(bytes, 0, bytes.length, 'comma'));
}

interface Line {
  from: number;
  to: number;
  next: number;
  text: string;
}

function firstLines(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length && lines.length < SAMPLED_LINES;) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    lines.push({ from, to, next: to + 1, text: textOf(bytes, from, to).replace(/\r$/, '') });
    from = to + 1;
  }
  return lines;
}

/** Lines above the header that are none of the table: an address, a comment, a delimiter for spreadsheets. */
function preambleOf(lines: readonly Line[], notes: ReadNotes): number {
  const isBefore = ({ text }: Line): boolean =>
    ADDRESS.test(text) || STATED_DELIMITER.test(text) || text.startsWith('#');
  const end = lines.findIndex((line) => !isBefore(line));
  const before = end < 0 ? 0 : end;
  if (before > 0) {
    notes.recognise(
      'preamble',
      `${before === 1 ? 'the first line is' : `the first ${before} lines are`} no row: ${lines[0].text.slice(0, 60)}`,
      1,
    );
    if (/cryptodatadownload/i.test(lines[0].text)) notes.facts.layout = 'CryptoDataDownload';
  }
  return before;
}

/** The mark that cuts all of the first lines into the same number of cells, the most there is; else the header's. */
function delimiterOf(lines: readonly string[]): string {
  const filled = lines.filter((line) => line.trim() !== '').map((line) => line.replace(/"[^"]*"/g, ''));
  const counts = DELIMITERS.map((mark) => filled.map((line) => line.split(mark).length - 1));
  let best = -1;
  counts.forEach((count, i) => {
    const even = count.length > 0 && count[0] > 0 && count.every((n) => n === count[0]);
    if (even && (best < 0 || count[0] > counts[best][0])) best = i;
  });
  if (best >= 0) return DELIMITERS[best];
  return DELIMITERS.find((mark) => filled[0]?.includes(mark)) ?? ',';
}

function cellsOf(bytes: Uint8Array, from: number, to: number, delimiter: number): string[] {
  const line = bytes.subarray(from, to);
  const counter = new RowScanner(line, delimiter, 0);
  counter.next(0);
  const scanner = new RowScanner(line, delimiter, counter.cells);
  scanner.next(0);
  return Array.from({ length: scanner.cells }, (_, i) => textOf(line, scanner.starts[i], scanner.ends[i]));
}
