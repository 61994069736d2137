import { invalid } from '@assay/primitives';

const CELL = /[",\r\n]/;

/**
 * The bars of a JSON answer as CSV, for the one reader of bars: `items` is the dotted path of the array, `columns` says which member (or
 * index) of an entry is which column. @throws DomainError `validation_failed`
 */
export function jsonToCsv(text: string, items: string | null, columns: Readonly<Record<string, string>>): string {
  const found = (items ?? '').split('.').filter(Boolean).reduce<unknown>(memberOf, parse(text));
  const list = found === null || found === undefined ? [] : found;
  if (!Array.isArray(list)) {
    const at = items ?? 'the root';
    const message = `the answer must have an array of bars at ${at}, was ${text.slice(0, 100)}`;
    throw invalid([{ field: 'feed.items', rule: 'array', value: at, message }]);
  }
  const names = Object.keys(columns);
  const rows = list.map((entry) => names.map((name) => cell(memberOf(entry, columns[name]))).join(','));
  return [names.join(','), ...rows, ''].join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const message = `the answer must be JSON, was ${text.slice(0, 100)}`;
    throw invalid([{ field: 'feed.format', rule: 'json', value: 'json', message }]);
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  return CELL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
