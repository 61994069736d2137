import { gzipSync } from 'node:zlib';
import {
  days,
  hours,
  text,
  iso,
  clock,
  compact,
  dotted,
  american,
  named,
  seconds,
  thousands,
  newYork,
  HOUR_CASE,
  DAY_CASE,
  type FormatCase,
} from './format-case';
import { utf16Of, zipOf } from './made-files';

export const VENDOR_CASES: readonly FormatCase[] = [
  {
    ...DAY_CASE,
    name: 'Yahoo with a row of nulls',
    file: 'XYZ.csv',
    bytes: text(
      'Date,Open,High,Low,Close,Adj Close,Volume',
      ...days((t, { o, h, l, c, v }) => `${iso(t)},${o},${h},${l},${c},${c},${v}`).concat(
        '2024-01-17,null,null,null,null,null,null',
      ),
    ),
    repairs: ['empty_rows'],
  },
  {
    ...DAY_CASE,
    name: "Yahoo's web page",
    file: 'page.tsv',
    bytes: text(
      'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
      ...days(
        (t, { o, h, l, c, v }) => [named(t), o, h, l, c, c, v.toLocaleString('en-US')].join('\t'),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...DAY_CASE,
    name: 'yfinance with several index levels and one symbol',
    file: 'xyz.csv',
    bytes: text(
      'Price,Close,High,Low,Open,Volume',
      'Ticker,XYZ,XYZ,XYZ,XYZ,XYZ',
      'Date,,,,,',
      ...days((t, { o, h, l, c, v }) => [iso(t), c, h, l, o, v].join(',')),
    ),
    options: { symbol: 'XYZ' },
  },
  {
    ...DAY_CASE,
    name: 'yfinance with several symbols',
    file: 'several.csv',
    bytes: text(
      'Ticker,ABC,ABC,ABC,ABC,ABC,XYZ,XYZ,XYZ,XYZ,XYZ',
      'Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume',
      'Date,,,,,,,,,,',
      ...days((t, { o, h, l, c, v }) => [iso(t), 1, 2, 1, 2, 5, o, h, l, c, v].join(',')),
    ),
    options: { symbol: 'xyz' },
  },
  {
    ...HOUR_CASE,
    name: 'MetaTrader 4',
    file: 'XYZ60.csv',
    bytes: text(...hours((t, { o, h, l, c, v }) => [iso(t).replaceAll('-', '.'), clock(t), o, h, l, c, v].join(','))),
  },
  {
    ...HOUR_CASE,
    name: 'MetaTrader 5 in UTF-16, without a true volume',
    file: 'XYZ_H1.csv',
    bytes: () =>
      utf16Of(
        [
          '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
          ...hours((t, { o, h, l, c, v }) =>
            [iso(t).replaceAll('-', '.'), `${clock(t)}:00`, o, h, l, c, v, 0, 2].join('\t'),
          ),
        ].join('\r\n'),
      ),
  },
  {
    ...DAY_CASE,
    name: 'MetaTrader 5, daily',
    file: 'XYZ_Daily.csv',
    bytes: text(
      '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
      ...days((t, { o, h, l, c, v }) => [iso(t).replaceAll('-', '.'), o, h, l, c, 99, v, 2].join('\t')),
    ),
  },
  {
    ...DAY_CASE,
    name: 'Stooq',
    file: 'xyz_us_d.csv',
    bytes: text(
      'Date,Open,High,Low,Close,Volume',
      ...days((t, { o, h, l, c, v }) => [iso(t), o, h, l, c, v].join(',')),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'Stooq bulk',
    file: 'xyz.us.txt',
    bytes: text(
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      ...hours((t, { o, h, l, c, v }) =>
        ['XYZ.US', 60, compact(t), `${clock(t).replace(':', '')}00`, o, h, l, c, v, 0].join(','),
      ),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'TradingView with studies of one name',
    file: 'BINANCE_BTCUSDT, 60.csv',
    bytes: text(
      'time,open,high,low,close,Volume,Plot,Plot',
      ...hours((t, { o, h, l, c, v }) => [seconds(t), o, h, l, c, v, 1, 2].join(',')),
    ),
  },
  {
    ...DAY_CASE,
    name: 'Alpaca as JSON',
    file: 'bars.json',
    bytes: () =>
      Buffer.from(
        `{"bars":[${days((t, { o, h, l, c, v }) => JSON.stringify({ t: `${iso(t)}T05:00:00Z`, o, h, l, c, v, n: 5, vw: c })).join(',')}],"next_page_token":null,"symbol":"XYZ"}`,
      ),
    options: { zone: 'America/New_York' },
  },
  {
    ...DAY_CASE,
    name: 'Alpaca as JSON with several symbols',
    file: 'bars-of-two.json',
    bytes: () =>
      Buffer.from(
        `{"bars":{"ABC":[{"t":"2024-01-02T05:00:00Z","o":1,"h":1,"l":1,"c":1,"v":1}],"XYZ":[${days(
          (t, { o, h, l, c, v }) => JSON.stringify({ t: `${iso(t)}T05:00:00Z`, o, h, l, c, v, n: 5, vw: c }),
        ).join(',')}]},"next_page_token":null}`,
      ),
    options: { zone: 'America/New_York', symbol: 'XYZ' },
  },
  {
    ...HOUR_CASE,
    name: 'Alpaca as CSV',
    file: 'alpaca.csv',
    bytes: text(
      't,o,h,l,c,v,n,vw',
      ...hours((t, { o, h, l, c, v }) => [`${iso(t)}T${clock(t)}:00Z`, o, h, l, c, v, 5, c].join(',')),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'Polygon flat file with several tickers, gzipped',
    file: '2024-01-02.csv.gz',
    bytes: () =>
      gzipSync(
        [
          'ticker,volume,open,close,high,low,window_start,transactions',
          'ABC,1,1,1,1,1,1704207600000000000,1',
          ...hours((t, { o, h, l, c, v }) => ['XYZ', v, o, c, h, l, `${t.getTime()}000000`, 4].join(',')),
        ].join('\n'),
      ),
    options: { symbol: 'XYZ' },
  },
  {
    ...DAY_CASE,
    name: 'Nasdaq',
    file: 'HistoricalData.csv',
    bytes: text(
      'Date,Close/Last,Volume,Open,High,Low',
      ...days(
        (t, { o, h, l, c, v }) =>
          [american(t), ...[c].map((x) => `$${x}`), v, ...[o, h, l].map((x) => `$${x}`)].join(','),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...DAY_CASE,
    name: 'investing.com',
    file: 'XYZ Historical Data.csv',
    bytes: text(
      '"Date","Price","Open","High","Low","Vol.","Change %"',
      ...days(
        (t, { o, h, l, c, v }) =>
          [american(t), ...[c, o, h, l].map(thousands), `${v / 1000}K`, '0.39%'].map((x) => `"${x}"`).join(','),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...HOUR_CASE,
    name: 'Dukascopy',
    file: 'XYZ_Candlestick_1_Hour_BID.csv',
    bytes: text(
      'Gmt time,Open,High,Low,Close,Volume',
      ...hours((t, { o, h, l, c, v }) => [`${dotted(t)} ${clock(t)}:00.000`, o, h, l, c, v].join(',')),
    ),
  },
  {
    ...HOUR_CASE,
    name: 'Dukascopy in local time',
    file: 'XYZ_Candlestick_1_Hour_ASK.csv',
    bytes: text(
      'Local time,Open,High,Low,Close,Volume',
      ...hours((t, { o, h, l, c, v }) =>
        [`${dotted(t)} ${String(t.getUTCHours() + 1).padStart(2, '0')}:00:00.000 GMT+0100`, o, h, l, c, v].join(','),
      ),
    ),
  },
  {
    ...DAY_CASE,
    name: 'LEAN, daily',
    file: 'xyz.zip',
    bytes: () =>
      zipOf({
        'xyz.csv': days((t, { o, h, l, c, v }) =>
          [`${compact(t)} 00:00`, ...[o, h, l, c].map((x) => x * 10_000), v].join(','),
        ).join('\n'),
      }),
  },
  {
    ...HOUR_CASE,
    name: 'LEAN, intraday',
    file: '20240102_trade.zip',
    bytes: () =>
      zipOf({
        '20240102_xyz_minute_trade.csv': hours((t, { o, h, l, c, v }) =>
          [newYork(t), ...[o, h, l, c].map((x) => x * 10_000), v].join(','),
        ).join('\n'),
      }),
    options: { zone: 'America/New_York' },
  },
  {
    ...HOUR_CASE,
    name: 'LEAN, crypto, without a scale',
    file: '20240102_trade.zip',
    bytes: () =>
      zipOf({
        '20240102_xyz_minute_trade.csv': hours((t, { o, h, l, c, v }) => [newYork(t), o, h, l, c, v].join(',')).join(
          '\n',
        ),
      }),
    options: { zone: 'America/New_York' },
  },
];
