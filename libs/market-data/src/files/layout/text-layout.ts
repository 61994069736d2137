import { invalid } from '@assay/primitives';
import { numberOf } from '../cells/number-bytes';
import { timeOfText } from '../cells/time-text';
import type { ReadNotes } from '../read-note';
import type { FileText } from '../unwrap/file-text';
import type { TextLayout } from './layout';
import { checkHeader, columnsOf, type FileColumn } from './column-names';
import { headerlessOf, type Headerless } from './headerless';
import { settleColumns } from './name-columns';
import { namesOfHeader } from './header-lines';
import { sourceOf } from './sources';
import { tableHead } from './table-head';

export interface LayoutOptions {
  columns?: readonly string[];
  symbol?: string;
}

/** Recognises delimiter, header lines and columns by content. Throws `validation_failed` about the header. */
export function layoutOf(text: FileText, options: LayoutOptions, notes: ReadNotes): TextLayout {
  const { delimiter, rows, body, before } = tableHead(text, notes);
  const head = options.columns
    ? statedColumns(options.columns, rows)
    : recognised(rows, text, body[0]?.text ?? '', before, options, notes);
  notes.facts.layout ??= head.source;
  const from = body[head.lines]?.from ?? body[head.lines - 1]?.next ?? text.bytes.length;
  const sample = rows.slice(head.lines).find((cells) => cells.length === head.columns.length);
  const columns = settleColumns(head.columns, sample, before + 1, notes);
  const header = body[0]?.text ?? '';
  checkHeader(columns, header, text.place === 'line' && head.lines > 0 ? `header on line ${before + 1}` : 'header');
  // a rendered file's header is none of its rows
  const line = text.place === 'line' ? before + head.lines + 1 : 1;
  return { delimiter, columns, header, from, line, place: text.place, form: head.form, symbols: null };
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
