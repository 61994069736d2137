import { hours, text, iso, clock, seconds, kline, HOUR_CASE, type FormatCase } from './format-case';
import { MADE_BARS, type MadeBar } from './made-bars';
import { zipOf } from './made-files';

export const EXCHANGE_CASES: readonly FormatCase[] = [
  {
    ...HOUR_CASE,
    name: 'Binance klines in milliseconds, without a header',
    file: 'BTCUSDT-1h-2024-01.csv',
    bytes: text(...hours((t, bar) => kline(t, bar, 1).join(','))),
  },
  {
    ...HOUR_CASE,
    name: 'Binance klines in microseconds, with a header, zipped',
    file: 'BTCUSDT-1h-2025-01.zip',
    bytes: () =>
      zipOf({
        'BTCUSDT-1h-2025-01.csv': [
          'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
          ...hours((t, bar) => kline(t, bar, 1000).join(',')),
        ].join('\n'),
      }),
  },
  {
    ...HOUR_CASE,
    name: 'Binance klines as JSON',
    file: 'klines.json',
    bytes: () =>
      Buffer.from(
        `[${hours((t, bar) => JSON.stringify(kline(t, bar, 1).map((x, i) => (i === 0 || i === 6 ? x : String(x))))).join(',')}]`,
      ),
  },
  {
    ...HOUR_CASE,
    name: 'CryptoDataDownload',
    file: 'Binance_BTCUSDT_1h.csv',
    bytes: text(
      'https://www.CryptoDataDownload.com',
      'Unix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount',
      ...hours(
        (t, { o, h, l, c, v }) =>
          [t.getTime(), `${iso(t)} ${clock(t)}:00`, 'BTC/USDT', o, h, l, c, v, v * 1000, 7].join(','),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...HOUR_CASE,
    name: 'Kraken OHLCVT',
    file: 'XBTUSD_60.csv',
    bytes: text(...hours((t, { o, h, l, c, v }) => [seconds(t), o, h, l, c, v, 12].join(','))),
  },
  {
    ...HOUR_CASE,
    name: 'Coinbase as JSON, low before high before open',
    file: 'candles.json',
    bytes: () =>
      Buffer.from(
        `[${hours((t, { o, h, l, c, v }) => JSON.stringify([seconds(t), l, h, o, c, v]), 'newest first').join(',')}]`,
      ),
    repairs: ['newest_first'],
  },
  {
    ...HOUR_CASE,
    name: 'Coinbase as CSV with a header',
    file: 'candles.csv',
    bytes: text(
      'time,low,high,open,close,volume',
      ...hours((t, { o, h, l, c, v }) => [seconds(t), l, h, o, c, v].join(',')),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'Coinbase as CSV without a header',
    file: 'candles-bare.csv',
    bytes: text(...hours((t, { o, h, l, c, v }) => [seconds(t), l, h, o, c, v].join(','))),
  },
  {
    ...HOUR_CASE,
    name: 'backtest-kit',
    file: 'backtest-kit.json',
    bytes: () =>
      Buffer.from(
        `[${hours((t, { o, h, l, c, v }) => JSON.stringify({ timestamp: t.getTime(), open: o, high: h, low: l, close: c, volume: v })).join(',')}]`,
      ),
  },
  {
    ...HOUR_CASE,
    name: 'Freqtrade as JSON',
    file: 'BTC_USDT-1h.json',
    bytes: () =>
      Buffer.from(`[${hours((t, { o, h, l, c, v }) => JSON.stringify([t.getTime(), o, h, l, c, v])).join(', ')}]`),
  },
  {
    ...HOUR_CASE,
    name: 'objects of JSON, one a line',
    file: 'bars.jsonl',
    bytes: text(
      ...hours((t, { o, h, l, c, v }) =>
        JSON.stringify({ time: `${iso(t)}T${clock(t)}:00Z`, open: o, high: h, low: l, close: c, volume: v }),
      ),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'columns of JSON',
    file: 'columns.json',
    bytes: () => {
      const of = (pick: (bar: MadeBar) => number): number[] => MADE_BARS.hours.map(pick);
      return Buffer.from(
        JSON.stringify({
          ...{
            s: 'ok',
            t: of((b) => Date.parse(b[0]) / 1000),
            o: of((b) => b[1]),
            h: of((b) => b[2]),
            l: of((b) => b[3]),
          },
          ...{ c: of((b) => b[4]), v: of((b) => b[5]) },
        }),
      );
    },
  },
];
