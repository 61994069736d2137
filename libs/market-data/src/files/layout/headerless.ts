import { daysOf } from '../cells/civil-days';
import { DAY_MS, invalid } from '@assay/primitives';

/** Rows without a header whose columns are known by their form. */
export interface Headerless {
  source: string;
  names: string[];
  /** Whose prices may be whole multiples of 1/10,000. */
  lean?: true;
  /** 00:00 of the file's date, where times are milliseconds since then. */
  baseDateMs?: number;
  /** Whether open, high, low and low, high, open are both possible. */
  orderOpen?: true;
}

const EPOCH = /^\d{10}$|^\d{13}$|^\d{16}$/;
const NUMBER = /^-?\d+(\.\d*)?([eE][+-]?\d+)?$/;
const DAY_MS_CELL = /^\d{1,8}$/;
const LEAN_DATE = /^\d{8} \d{2}:\d{2}$/;
const LEAN_QUOTE_CELLS = 11;
const OHLCV = ['open', 'high', 'low', 'close', 'volume'];
const KLINE = [
  ...['open_time', ...OHLCV, 'close_time', 'quote_volume', 'trades'],
  ...['taker_buy_volume', 'taker_buy_quote_volume', 'ignore'],
];

/** What rows that begin so are, or null when the first row is a header or of no known form. */
export function headerlessOf(cells: readonly string[], fileName: string | null): Headerless | null {
  return exchangeRows(cells) ?? metaTraderRows(cells) ?? leanRows(cells, fileName);
}

function exchangeRows(cells: readonly string[]): Headerless | null {
  if (!EPOCH.test(cells[0]) || cells.some((cell) => !NUMBER.test(cell))) return null;
  if (cells.length === KLINE.length) return { source: 'Binance klines', names: KLINE };
  if (cells.length === 7) return { source: 'Kraken OHLCVT', names: ['time', ...OHLCV, 'trades'] };
  if (cells.length !== 6) return null;
  const names = ['open_time', ...OHLCV];
  // only Coinbase writes another order, and seconds
  return { source: 'candles', names, ...(cells[0].length === 10 ? { orderOpen: true as const } : {}) };
}

function metaTraderRows(cells: readonly string[]): Headerless | null {
  const [date, time, ...rest] = cells;
  if (!/^\d{4}\.\d{2}\.\d{2}$/.test(date) || !/^\d{2}:\d{2}(:\d{2})?$/.test(time ?? '')) return null;
  if ((rest.length !== 4 && rest.length !== 5) || rest.some((cell) => !NUMBER.test(cell))) return null;
  return { source: 'MetaTrader 4', names: ['date', 'time', ...OHLCV].slice(0, cells.length) };
}

/** LEAN's trade bars. @throws DomainError for its quote bars, and for intraday ones whose date no name tells */
function leanRows(cells: readonly string[], fileName: string | null): Headerless | null {
  const dated = LEAN_DATE.test(cells[0]);
  if (!dated && !(DAY_MS_CELL.test(cells[0]) && Number(cells[0]) < DAY_MS)) return null;
  if (cells.slice(1).some((cell) => cell !== '' && !NUMBER.test(cell))) return null;
  if (cells.length === LEAN_QUOTE_CELLS || /_quote\b/.test(fileName ?? '')) {
    const message = `the file must hold trade bars, ${fileName ?? 'it'} has LEAN's quote bars of ${cells.length} cells (bids and asks): take the trade file`;
    throw invalid([{ field: 'content', rule: 'trade_bars', value: cells.length, message }]);
  }
  if (cells.length !== 6) return null;
  const names = ['time', ...OHLCV];
  if (dated) return { source: 'LEAN', names, lean: true };
  const date = /(?:^|[/\\_])(\d{4})(\d{2})(\d{2})_/.exec(fileName ?? '');
  const baseDateMs = date ? daysOf(Number(date[1]), Number(date[2]), Number(date[3])) * DAY_MS : NaN;
  if (Number.isNaN(baseDateMs)) {
    const message =
      `name must begin with the date of LEAN's intraday bars, such as 20240102_spy_minute_trade.csv, was ${fileName ?? 'missing'}: ` +
      'their times are milliseconds since its midnight';
    throw invalid([{ field: 'name', rule: 'lean_date', value: fileName, message }]);
  }
  return { source: 'LEAN', names, lean: true, baseDateMs };
}
