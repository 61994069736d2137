import { invalid } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import type { ReadNotes } from '../read-note';
import { RowScanner } from '../rows/row-scanner';
import type { FileText } from '../unwrap/file-text';

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

/** The first lines of a file, cut into cells. */
export interface TableHead {
  /** Byte of the delimiter. */
  delimiter: number;
  /** Lines from the header or first row on, and their cells. */
  body: Line[];
  rows: string[][];
  /** How many lines are above them. */
  before: number;
}

/** Recognises what is above the table and its delimiter. Throws `validation_failed` for an empty file. */
export function tableHead(text: FileText, notes: ReadNotes): TableHead {
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
  return { delimiter, body, rows, before };
}

function requireContent(bytes: Uint8Array): void {
  if (bytes.some((byte) => byte > BLANK)) return;
  const message = 'content must have a header and at least 1 row, the file is empty';
  throw invalid([{ field: 'content', rule: 'min_rows', value: 0, message }]);
}

export interface Line {
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
