import { invalid } from '@assay/primitives';

/** What a column of the file means to the reader. */
export type ColumnRole = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'adj_close' | 'extra';

export interface FileColumn {
  role: ColumnRole;
  /** Trimmed and in lower case, blanks as underscores: the name under which an extra column is kept. */
  name: string;
}

const TIME_NAMES = new Set([
  ...['date', 'time', 'timestamp', 'datetime', 'open_time', 'bar_time'],
  ...['gmt_time', 'utc_time', 'local_time', 'date_time'],
]);
const ADJUSTED_NAMES = new Set(['adjclose', 'adj_close', 'adjusted_close', 'adjustedclose']);
const CORE = new Set(['open', 'high', 'low', 'close', 'volume']);
const SHORT_NAMES: Readonly<Record<string, ColumnRole>> = { vol: 'volume', 'vol.': 'volume', 'close/last': 'close' };

function roleOf(name: string): ColumnRole {
  if (TIME_NAMES.has(name)) return 'time';
  if (ADJUSTED_NAMES.has(name)) return 'adj_close';
  if (Object.hasOwn(SHORT_NAMES, name)) return SHORT_NAMES[name];
  return CORE.has(name) ? (name as ColumnRole) : 'extra';
}

/** Columns by the names of a header line, in any case and order. */
export function columnsOf(cells: readonly string[]): FileColumn[] {
  return cells.map((cell): FileColumn => {
    const name = cell.trim().toLowerCase().replace(/\s+/g, '_');
    return { role: roleOf(name), name };
  });
}

/** Throws `validation_failed` when a name comes twice or no known column is there (then the first line is probably data). */
export function checkHeader(columns: readonly FileColumn[], line: string): void {
  const seen = new Set<string>();
  for (const { role, name } of columns) {
    const key = role === 'extra' ? `extra ${name}` : role;
    if (seen.has(key) && name !== '') {
      const field = `header.${name}`;
      throw invalid([{ field, rule: 'unique', value: line, message: `header must name ${name} once, was ${line}` }]);
    }
    seen.add(key);
  }
  if (columns.some(({ role }) => role !== 'extra')) return;
  const value = line.slice(0, 80);
  const message = `header must name columns such as date,open,high,low,close,volume, was ${value}`;
  throw invalid([{ field: 'header', rule: 'required', value, message }]);
}

/** Columns of the rows that exchanges export without a header: 6 or the 12 of a kline, a time in epoch form first. */
export function klineColumns(cells: readonly string[]): FileColumn[] | null {
  if (cells.length !== 6 && cells.length !== 12) return null;
  if (!/^\d{10}$|^\d{13}$|^\d{16}$/.test(cells[0])) return null;
  if (cells.some((cell) => !/^-?\d+(\.\d+)?$/.test(cell))) return null;
  const names = [
    ...['open_time', 'open', 'high', 'low', 'close', 'volume'],
    ...['close_time', 'quote_volume', 'trades', 'taker_buy_volume', 'taker_buy_quote_volume', 'ignore'],
  ];
  return columnsOf(names.slice(0, cells.length));
}
