import { invalid } from '@assay/primitives';
import { jsonDocument } from '../files/unwrap/json-document';
import { csvRecords } from './csv-records';
import { fieldsOf, NEEDED_FIELDS, NEWS_FIELDS, symbolsOfText, type NewsField } from './news-fields';
import type { Markup, RawNews } from './news-item';

const DELIMITERS = [',', ';', '\t', '|'];
const MOST_DEPTH = 3;

const html = (text: string): Markup => ({ text, isHtml: true });

/** News of delimited text with a header. @throws DomainError about the header, and for rows of other cells */
export function csvNews(text: string, columns: readonly string[] | undefined): RawNews[] {
  const [first = ''] = text.split('\n', 1);
  const count = (mark: string): number => first.split(mark).length;
  const delimiter = DELIMITERS.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  const records = csvRecords(text, delimiter);
  const names = columns ?? (records.next().value?.cells as string[] | undefined) ?? [];
  const fields = fieldsOf(names);
  requireFields(fields, columns ? 'columns' : 'header', names.join(','));
  const at = (field: NewsField): number => (fields[field] === undefined ? -1 : names.indexOf(fields[field]));
  const places = Object.fromEntries(Object.keys(NEWS_FIELDS).map((field) => [field, at(field as NewsField)]));
  return Array.from(records, ({ line, cells }) => {
    if (cells.length !== names.length) {
      const message = `line ${line}: the row must have ${names.length} cells, was ${cells.length}`;
      throw invalid([{ field: `lines[${line}]`, rule: 'cells', value: cells.length, message }]);
    }
    const cell = (field: NewsField): string => cells[places[field]] ?? '';
    return rawOf(line, cell, symbolsOfText(cell('symbols').replace(/[[\]'"]/g, ' ')));
  });
}

type Json = Readonly<Record<string, unknown>>;

/** News of a JSON document: an array of objects, alone or as a member, or an object a line. @throws DomainError for none */
export function jsonNews(text: string): RawNews[] {
  const rows = rowsOf(jsonDocument(Buffer.from(text)), 0);
  if (rows === null) {
    const message = 'content must hold an array of objects, each a piece of news, this JSON has none';
    throw invalid([{ field: 'content', rule: 'json_rows', value: null, message }]);
  }
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const fields = fieldsOf([...names]);
  requireFields(fields, 'header', [...names].join(','));
  return rows.map((row, i) => {
    const value = (field: NewsField): unknown => (fields[field] === undefined ? undefined : row[fields[field]]);
    const cell = (field: NewsField): string => {
      const one = value(field);
      return typeof one === 'string' || typeof one === 'number' ? String(one).trim() : '';
    };
    return rawOf(i + 1, cell, symbolsOf(value('symbols')));
  });
}

const rawOf = (at: number, cell: (field: NewsField) => string, symbols: readonly string[]): RawNews => ({
  ...{ at, published: cell('published'), available: cell('available'), changed: cell('changed') },
  ...{ headline: html(cell('headline')), summary: html(cell('summary')), url: cell('url'), symbols },
});

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function rowsOf(value: unknown, depth: number): Json[] | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(isObject) ? value : null;
  if (!isObject(value) || depth > MOST_DEPTH) return null;
  for (const inner of Object.values(value)) {
    const rows = rowsOf(inner, depth + 1);
    if (rows !== null) return rows;
  }
  return null;
}

/** Of a text, a list of texts, or a list of objects that name one. */
function symbolsOf(value: unknown): string[] {
  if (typeof value === 'string') return symbolsOfText(value);
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const name = isObject(one) ? (one.ticker ?? one.symbol ?? one.name) : one;
    return typeof name === 'string' ? [name.trim()] : [];
  });
}

function requireFields(fields: Record<NewsField, string | undefined>, where: string, value: string): void {
  const missing = NEEDED_FIELDS.filter((field) => fields[field] === undefined);
  if (missing.length === 0) return;
  throw invalid(
    missing.map((field) => ({
      ...{ field: `${where}.${NEWS_FIELDS[field][0]}`, rule: 'required', value: value.slice(0, 120) },
      message: `${where} must name ${NEWS_FIELDS[field].slice(0, 2).join(' or ')} of each piece, was ${value.slice(0, 120)}`,
    })),
  );
}
