import { columnName } from './column-names';

/** Exports by the columns that they alone have; the first that fits counts. */
const SIGNATURES: readonly (readonly [source: string, names: readonly string[]])[] = [
  ['Stooq bulk', ['ticker', 'per', 'date', 'time', 'openint']],
  ['MetaTrader 5', ['date', 'open', 'tickvol', 'spread']],
  ['Polygon flat file', ['ticker', 'window_start', 'transactions']],
  ['Alpaca', ['t', 'o', 'h', 'l', 'c', 'v', 'n', 'vw']],
  ['Alpaca', ['timestamp', 'open', 'trade_count', 'vwap']],
  ['Nasdaq', ['date', 'close/last']],
  ['investing.com', ['price', 'open', 'vol.', 'change_%']],
  ['CryptoDataDownload', ['unix', 'date', 'symbol', 'open']],
  ['Binance klines', ['open_time', 'close_time', 'ignore']],
  ['Dukascopy', ['gmt_time', 'open']],
  ['Dukascopy', ['local_time', 'open']],
  ['yfinance', ['date', 'open', 'dividends', 'stock_splits']],
  ['Yahoo', ['date', 'open', 'adj_close']],
  ['Coinbase', ['time', 'low', 'high', 'open', 'close', 'volume']],
  ['TradingView', ['time', 'open', 'high', 'low', 'close']],
];

/** Whose export a header looks like; null where it is nobody's. It is told to the reader, nothing depends on it. */
export function sourceOf(cells: readonly string[]): string | null {
  const names = cells.map(columnName);
  const ordered = names.join(',');
  const fits = ([source, wanted]: readonly [string, readonly string[]]): boolean =>
    source === 'Coinbase' ? ordered === wanted.join(',') : wanted.every((name) => names.includes(name));
  return SIGNATURES.find(fits)?.[0] ?? null;
}
