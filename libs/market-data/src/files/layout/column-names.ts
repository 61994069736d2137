import { OWN_COLUMNS } from '@assay/domain';
import { invalid } from '@assay/primitives';

/** What a column of the file means to the reader. */
export type ColumnRole =
  'time' | 'clock' | 'symbol' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'adj_close' | 'extra' | 'skip';

export interface FileColumn {
  role: ColumnRole;
  /** Trimmed and in lower case, blanks as underscores: the name under which an extra column is kept. */
  name: string;
}

/** Names of columns as exports write them, in English, German, French, Spanish, Polish and Chinese. */
const NAMES: Readonly<Record<Exclude<ColumnRole, 'extra' | 'skip' | 'clock'>, string>> = {
  time:
    'date time timestamp datetime date_time open_time bar_time gmt_time utc_time local_time utc trade_date unix ' +
    'unix_timestamp unix_time epoch window_start dtyyyymmdd datum zeit datum/zeit heure date/heure fecha hora data ' +
    '日期 时间 時間 交易日期 交易时间 日期时间 交易日',
  symbol: 'symbol ticker tickers ts_code act_symbol 股票代码 证券代码 代码 股票代號',
  open:
    'open open_price eröffnung eröffnungskurs eröffn. öffnung erster ouverture ouv. ouv apertura ' +
    'otwarcie 开盘 开盘价 開盤 開盤價 开 今开',
  high:
    'high high_price hoch höchst höchstkurs tageshoch plus_haut +_haut +haut haut máximo máx. maximo ' +
    'najwyzszy 最高 最高价 最高價 高',
  low:
    'low low_price tief tiefst tiefstkurs tagestief plus_bas +_bas +bas bas mínimo mín. minimo ' +
    'najnizszy 最低 最低价 最低價 低',
  close:
    'close close_price close/last schluss schlusskurs zuletzt dernier clôture cloture fermeture cierre último ultimo ' +
    'zamkniecie 收盘 收盘价 收盤 收盤價',
  volume: 'volume vol vol. volumen stücke stuecke wolumen 成交量 交易量',
  adj_close:
    'adjclose adj_close adj._close adjusted_close adjustedclose schlusskurs_bereinigt clôture_ajustée ' +
    'cierre_ajustado 复权收盘价',
};
const ROLES = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as ColumnRole])),
);
/** One letter each, as interfaces send them: meant so only together. */
const LETTERS: Readonly<Record<string, ColumnRole>> = {
  ...{ t: 'time', o: 'open', h: 'high', l: 'low', c: 'close', v: 'volume' },
};
const NEEDED_LETTERS = ['t', 'o', 'h', 'l', 'c'];
const FULL_NAMES: Readonly<Record<string, string>> = { n: 'trades', vw: 'vwap' };

/** Lower case, blanks as underscores, without the brackets, stars and marks that some exports put around it. */
export function columnName(cell: string): string {
  const trimmed = cell
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/\*+$/, '');
  return trimmed.normalize('NFC').trim().toLowerCase().replace(/\s+/g, '_');
}

/** Columns by the names of a header line, in any case and order. */
export function columnsOf(cells: readonly string[]): FileColumn[] {
  const names = cells.map(columnName);
  const lettered = NEEDED_LETTERS.every((letter) => names.includes(letter));
  return names.map((name): FileColumn => {
    if (name === '-') return { role: 'skip', name };
    if (lettered && Object.hasOwn(LETTERS, name)) return { role: LETTERS[name], name: LETTERS[name] };
    if (lettered && Object.hasOwn(FULL_NAMES, name)) return { role: 'extra', name: FULL_NAMES[name] };
    return { role: ROLES.get(name) ?? 'extra', name };
  });
}

/** Further columns of one series: a table of the database has an end. */
const MOST_EXTRA = 256;

/**
 * Throws `validation_failed` when a name comes twice or is reserved, there are too many or no known column is there (then the first
 * line is probably data).
 * @param at what the header is called in messages: `header`, with its line where it has one
 */
export function checkHeader(columns: readonly FileColumn[], line: string, at = 'header'): void {
  const seen = new Set<string>();
  for (const { role, name } of columns) {
    if (role === 'skip' || role === 'extra') continue;
    if (seen.has(role)) {
      const field = `header.${name}`;
      throw invalid([{ field, rule: 'unique', value: line, message: `header must name ${name} once, was ${line}` }]);
    }
    seen.add(role);
  }
  const reserved = columns.find(({ role, name }) => role === 'extra' && OWN_COLUMNS.includes(name));
  if (reserved) {
    const { name } = reserved;
    const message =
      `${at} must not name a further column ${name}, which bars have of their own, was ${line}: ` +
      'rename it, or leave it out by - in columns';
    throw invalid([{ field: `header.${name}`, rule: 'reserved', value: name, message }]);
  }
  // eslint-disable-next-line no-control-regex -- what no database and no terminal takes
  const unprintable = columns.find(({ name }) => /[\u0000-\u001f\u007f\ud800-\udfff]/u.test(name));
  if (unprintable) {
    const value = JSON.stringify(unprintable.name);
    const message = `header must name columns by printable text, was ${value}`;
    throw invalid([{ field: 'header', rule: 'printable', value, message }]);
  }
  const extra = columns.filter(({ role, name }) => role === 'extra' && name !== '').length;
  if (extra > MOST_EXTRA) {
    const message =
      `header must name at most ${MOST_EXTRA} columns beside date, prices and volume, was ${extra}: ` +
      'leave columns out of the file, or by - in columns';
    throw invalid([{ field: 'header', rule: 'max_columns', value: extra, message }]);
  }
  if (columns.some(({ role }) => role !== 'extra' && role !== 'skip')) return;
  const value = line.slice(0, 80);
  const message =
    `header must name columns such as date,open,high,low,close,volume, was ${value}; ` +
    'where the file has no header, state its columns in their order by columns';
  throw invalid([{ field: 'header', rule: 'required', value, message }]);
}
