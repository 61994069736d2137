import type { ReadNotes } from '../read-note';
import { cellOf, UNIT_SEPARATOR, type FileText } from './file-text';
import { jsonDocument } from './json-document';
import { unreadable } from './limit';

type Row = readonly unknown[] | Readonly<Record<string, unknown>>;

/** How deep in a document its rows may lie. */
const MOST_DEPTH = 3;

/** Whether a text is a JSON document or lines of JSON objects. */
export const looksLikeJson = (bytes: Uint8Array): boolean =>
  /^\s*(\{\s*["}]|\[\s*[[{\]])/.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1'),
  );

/**
 * The rows of a JSON document as delimited text: an array of arrays or of objects, alone or somewhere in an object, one
 * such array a symbol, an object of columns, or an object a line. @throws DomainError for what holds no rows
 */
export function jsonText(bytes: Uint8Array, name: string | null, notes: ReadNotes): FileText {
  const document = jsonDocument(bytes);
  const rows = rowsOf(document, 0);
  if (rows === null) {
    const message = 'content must hold rows of bars, an array of arrays or of objects, this JSON has none';
    throw unreadable('json_rows', message);
  }
  if (isObject(document)) noteFacts(document, notes);
  return { bytes: Buffer.from(rendered(rows)), name, place: 'item', delimiter: UNIT_SEPARATOR };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (value: unknown): value is Row => Array.isArray(value) || isObject(value);
const areRows = (value: unknown): value is Row[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(isRow) &&
  value.every((row) => Array.isArray(row) === Array.isArray(value[0]));
const isColumn = (value: unknown): value is unknown[] => Array.isArray(value) && value.every((cell) => !isRow(cell));

function rowsOf(value: unknown, depth: number): Row[] | null {
  if (areRows(value)) return value;
  if (!isObject(value) || depth > MOST_DEPTH) return null;
  const entries = Object.entries(value);
  const tables = entries.filter((entry): entry is [string, Row[]] => areRows(entry[1]));
  if (tables.length === 1 && tables.length === entries.length && depth > 0) return withSymbols(tables);
  if (tables.length === 1) return tables[0][1];
  if (tables.length > 1) return withSymbols(tables);
  const columns = entries.filter((entry): entry is [string, unknown[]] => isColumn(entry[1]) && entry[1].length > 0);
  if (columns.length >= 2 && columns.every(([, column]) => column.length === columns[0][1].length))
    return transposed(columns);
  for (const [, inner] of entries) {
    const rows = rowsOf(inner, depth + 1);
    if (rows !== null) return rows;
  }
  return null;
}

const transposed = (columns: [string, unknown[]][]): Row[] =>
  columns[0][1].map((_, i) => Object.fromEntries(columns.map(([name, column]) => [name, column[i]])));

/** Tables under their symbols: each row says its own. */
function withSymbols(tables: readonly [string, Row[]][]): Row[] | null {
  if (tables.some(([, rows]) => Array.isArray(rows[0]))) return tables.length === 1 ? tables[0][1] : null;
  return tables.flatMap(([symbol, rows]) => rows.map((row) => ({ symbol, ...row })));
}

function noteFacts(document: Record<string, unknown>, notes: ReadNotes): void {
  const symbol = document.symbol ?? document.ticker;
  if (typeof symbol === 'string') notes.facts.symbols = [symbol];
  const page = document.next_page_token ?? document.next_url;
  if (typeof page === 'string' && page !== '')
    notes.recognise('one_page', 'the file is one page of an answer that has more: its bars end where the page ends');
}

/** Text of a cell: numbers as they are, and no separator or line end inside. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return cellOf(text);
}

function rendered(rows: readonly Row[]): string {
  if (Array.isArray(rows[0])) {
    return rows.map((row) => (row as readonly unknown[]).map(cellText).join(UNIT_SEPARATOR)).join('\n');
  }
  const seen = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) seen.add(name);
  const names = [...seen];
  const lines = (rows as readonly Record<string, unknown>[]).map((row) =>
    names.map((name) => cellText(row[name])).join(UNIT_SEPARATOR),
  );
  return [names.map(cellText).join(UNIT_SEPARATOR), ...lines].join('\n');
}
