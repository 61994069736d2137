import { invalid } from '@assay/domain';

/** What a column of the file means to the reader. */
export type CsvRole = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'adj_close' | 'extra';

export interface CsvColumn {
  role: CsvRole;
  /** Trimmed and in lower case, blanks as underscores: the name under which an extra column is kept. */
  name: string;
}

const TIME_NAMES = new Set(['date', 'time', 'timestamp', 'datetime', 'open_time', 'bar_time']);
const ADJUSTED_NAMES = new Set(['adjclose', 'adj_close', 'adjusted_close', 'adjustedclose']);
const CORE = new Set(['open', 'high', 'low', 'close', 'volume']);

function roleOf(name: string): CsvRole {
  if (TIME_NAMES.has(name)) return 'time';
  if (ADJUSTED_NAMES.has(name)) return 'adj_close';
  return CORE.has(name) ? (name as CsvRole) : 'extra';
}

/** The separator of a header line: comma, else semicolon, else tab. */
export function delimiterOf(headerLine: string): ',' | ';' | '\t' {
  if (headerLine.includes(',')) return ',';
  if (headerLine.includes(';')) return ';';
  return headerLine.includes('\t') ? '\t' : ',';
}

/**
 * Columns of a header line, in any case and order. Throws `validation_failed` when a name comes twice or no known
 * column is there (then the first line is probably data).
 */
export function readHeader(line: string): CsvColumn[] {
  const columns = line.split(delimiterOf(line)).map((cell): CsvColumn => {
    const text = cell.trim();
    const bare = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
    const name = bare.trim().toLowerCase().replace(/\s+/g, '_');
    return { role: roleOf(name), name };
  });
  const seen = new Set<string>();
  for (const { role, name } of columns) {
    const key = role === 'extra' ? `extra ${name}` : role;
    if (seen.has(key) && name !== '') {
      const field = `header.${name}`;
      throw invalid([{ field, rule: 'unique', value: line, message: `header must name ${name} once, was ${line}` }]);
    }
    seen.add(key);
  }
  if (columns.every(({ role }) => role === 'extra')) {
    const message = `header must name columns such as date,open,high,low,close,volume, was ${line.slice(0, 80)}`;
    throw invalid([{ field: 'header', rule: 'required', value: line.slice(0, 80), message }]);
  }
  return columns;
}
