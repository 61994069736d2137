import { plural } from '../../../format/words';
import { resultLinks, type ResultTarget } from './result-links';
import {
  fieldsOf,
  isHash,
  isMidnight,
  isPlain,
  isRecord,
  isTime,
  messageIn,
  MOST_SHOWN,
  nameOf,
  reasonOf,
  valueWords,
  type MetricNames,
} from './value-words';

export type ResultCell =
  | { as: 'words'; words: string; /** All of what it shortens. */ exact?: string }
  | { as: 'time'; time: string }
  | { as: 'hash'; hash: string }
  | { as: 'link'; words: string; target: ResultTarget };

/** A field of a result; one that has fields of its own shows them below it, one level deep. */
export interface ResultRow {
  key: string;
  name: string;
  cell: ResultCell | null;
  below: readonly ResultRow[];
}

type Job = Parameters<typeof resultLinks>[1];

const words = (text: string): ResultCell => ({ as: 'words', words: text });

function cellOf(key: string, value: unknown, of: Record<string, unknown>, metrics: MetricNames): ResultCell {
  const reason = reasonOf(of, key);
  if (reason !== null) return words(reason);
  if (typeof value === 'string' && isTime(value) && !isMidnight(value)) return { as: 'time', time: value };
  if (isHash(value)) return { as: 'hash', hash: value };
  const text = valueWords(key, value, metrics, isRecord(of.reasons) ? of.reasons : undefined);
  return typeof value === 'number' || isTime(value) ? { as: 'words', words: text, exact: String(value) } : words(text);
}

/** A row of a table of numbers under the names of its columns. */
const namedRow = (row: unknown, columns: unknown): unknown =>
  Array.isArray(row) && Array.isArray(columns) && columns.length === row.length
    ? Object.fromEntries(columns.map((column, index) => [String(column), row[index] as unknown]))
    : row;

function listRow(
  key: string,
  list: readonly unknown[],
  of: Record<string, unknown>,
  metrics: MetricNames,
): Omit<ResultRow, 'key' | 'name'> {
  const rows = key === 'rows' ? list.map((row) => namedRow(row, of.columns)) : list;
  if (rows.every(isPlain) || !rows.some((row) => isRecord(row) || (Array.isArray(row) && !row.every(isTime))))
    return { cell: words(valueWords(key, list, metrics)), below: [] };
  const many = rows.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} of them` : '';
  return {
    cell: words(`${plural(rows.length, 'entry', 'entries')}${many}`),
    below: rows.slice(0, MOST_SHOWN).map((row, index) => ({
      key: `${key}.${index}`,
      name:
        isRecord(row) && messageIn(row) !== null && typeof row.code === 'string'
          ? nameOf(row.code, metrics)
          : String(index + 1),
      cell: words(valueWords(key, row, metrics)),
      below: [],
    })),
  };
}

function rowOf(key: string, value: unknown, of: Record<string, unknown>, metrics: MetricNames): ResultRow {
  const named = { key, name: nameOf(key, metrics) };
  if (Array.isArray(value)) return { ...named, ...listRow(key, value, of, metrics) };
  if (!isRecord(value)) return { ...named, cell: cellOf(key, value, of, metrics), below: [] };
  const fields = fieldsOf(value);
  if (fields.length === 0) return { ...named, cell: words('None'), below: [] };
  const below = fields.map(([name, one]): ResultRow => ({
    key: `${key}.${name}`,
    name: nameOf(name, metrics),
    cell: cellOf(name, one, value, metrics),
    below: [],
  }));
  return { ...named, cell: null, below };
}

const isWide = ({ below }: ResultRow): boolean => below.length > 0;

/** A result in words and values: what it made, then its own values, then what has parts. */
export function resultRows(result: Record<string, unknown>, job: Job, metrics: MetricNames): ResultRow[] {
  const links = resultLinks(result, job);
  const linked = new Set(links.flatMap(({ of }) => of));
  const rows = fieldsOf(result)
    .filter(([key]) => !linked.has(key))
    .map(([key, value]) => rowOf(key, value, result, metrics));
  return [
    ...links.map(({ name, words: text, target }): ResultRow => ({
      ...{ key: `link ${name}`, name, below: [] },
      cell: { as: 'link', words: text, target },
    })),
    ...rows.filter((row) => !isWide(row)),
    ...rows.filter(isWide),
  ];
}
