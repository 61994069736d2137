import { checkHeader, columnsOf, klineColumns, type FileColumn } from './column-names';
import { textOf } from '../cells/number-bytes';
import type { ReadNotes } from '../read-note';
import { RowScanner } from '../rows/row-scanner';
import { looksLikeEpoch, looksLikeWrittenTime } from '../cells/time-text';

/** Where the rows of a file begin and what their cells are. */
export interface TextLayout {
  /** Byte of the delimiter. */
  delimiter: number;
  columns: FileColumn[];
  /** The header as it stands, for messages. */
  header: string;
  /** Offset and line number of the first row. */
  from: number;
  line: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const DELIMITER_NAMES: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
const SAMPLED_LINES = 6;
const SECOND_HEADER = /^(ticker|tickers|symbol|date|datetime)$/i;

/** Recognises delimiter, header lines and columns by content. Throws `validation_failed` about the header. */
export function layoutOf(bytes: Uint8Array, notes: ReadNotes): TextLayout {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const lines = firstLines(bytes, start);
  const mark = delimiterOf(lines.map(({ text }) => text));
  if (mark !== ',') notes.recognise('delimiter', `cells are separated by ${DELIMITER_NAMES[mark]}`);
  const delimiter = mark.charCodeAt(0);
  const rows = lines.map(({ from, to }) => cellsOf(bytes, from, to, delimiter));
  const header = lines[0]?.text ?? '';
  const klines = klineColumns(rows[0] ?? []);
  if (klines) {
    notes.recognise('no_header', 'there is no header: columns are open_time, open, high, low, close, volume', 1);
    return { delimiter, columns: klines, header, from: start, line: 1 };
  }
  const columns = columnsOf(rows[0] ?? ['']);
  let first = 1;
  while (first < rows.length && isSecondHeader(rows[first])) first += 1;
  const named = nameByContent(columns, rows, first, notes);
  checkHeader(named, header);
  if (first > 1) notes.recognise('header_lines', `the header has ${first} lines: columns by the first`, 2);
  const from = lines[first]?.from ?? lines[first - 1]?.next ?? bytes.length;
  return { delimiter, columns: named, header, from, line: first + 1 };
}

interface Line {
  from: number;
  to: number;
  next: number;
  text: string;
}

function firstLines(bytes: Uint8Array, start: number): Line[] {
  const lines: Line[] = [];
  for (let from = start; from < bytes.length && lines.length < SAMPLED_LINES;) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    lines.push({ from, to, next: to + 1, text: textOf(bytes, from, to).replace(/\r$/, '') });
    from = to + 1;
  }
  return lines;
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

/** A further header line, as under several index levels: a name first and no number in it. */
function isSecondHeader(cells: readonly string[]): boolean {
  return SECOND_HEADER.test(cells[0]) && cells.slice(1).every((cell) => cell === '' || !/\d/.test(cell[0]));
}

/** Gives a file without a named time column the first column that holds dates, and one without a close its `price`. */
function nameByContent(columns: FileColumn[], rows: string[][], first: number, notes: ReadNotes): FileColumn[] {
  const sample = rows.slice(first).find((cells) => cells.length === columns.length);
  const has = (role: string): boolean => columns.some((column) => column.role === role);
  const named = [...columns];
  if (!has('time') && sample) {
    const at = named.findIndex(
      ({ role }, i) => role === 'extra' && (looksLikeWrittenTime(sample[i]) || (i === 0 && looksLikeEpoch(sample[i]))),
    );
    if (at >= 0) {
      const called = named[at].name === '' ? 'has no name' : `is called ${named[at].name}`;
      notes.recognise('time_column', `column ${at + 1} ${called} and holds dates: read as date`, 1);
      named[at] = { role: 'time', name: 'date' };
    }
  }
  const price = named.findIndex(({ role, name }) => role === 'extra' && (name === 'price' || name === 'last'));
  if (!has('close') && price >= 0) {
    notes.recognise('close_column', `column ${named[price].name} is read as close`, 1);
    named[price] = { role: 'close', name: named[price].name };
  }
  return named;
}
