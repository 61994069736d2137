import { integer, trimmed } from './schema/texts';
import { must } from './schema/must';
import { WireDocument, type DocumentOf } from './schema/wire-document';

export const HTTP_PRESETS = ['stooq', 'alpha_vantage', 'tiingo', 'eodhd'] as const;
export type HttpPreset = (typeof HTTP_PRESETS)[number];

/** How `{from}` and `{to}` are written into a URL. */
export const TIME_FORMATS = ['date', 'yyyymmdd', 'iso', 'unix', 'unix_ms'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** Where the bars of a series come from. Keys are no part of it. */
export const feedDocument = new WireDocument('urn:assay:schema:feed:v1', (z) => {
  const text = (most: number) => trimmed(z, most);
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('ccxt'),
      exchange: text(64).meta({ description: 'id of an exchange of ccxt', example: 'bybit' }),
    }),
    z.strictObject({
      kind: z.literal('alpaca'),
      data_feed: z.enum(['iex', 'sip']).default('iex').meta({ description: 'stocks: which tape' }),
    }),
    z.strictObject({
      kind: z.literal('http'),
      preset: z.enum(HTTP_PRESETS).optional(),
      url: text(2000)
        .meta({
          description: 'in place of a preset: http(s) address with {symbol}, {from}, {to}, {timeframe}, {key}',
          example: 'https://example.com/bars/{symbol}.csv?from={from}&to={to}',
        })
        .optional(),
      headers: z
        .record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, must('pattern', 'be the name of a header')), text(500))
        .meta({ description: 'values may hold {key}' })
        .optional(),
      format: z.enum(['csv', 'json']).optional(),
      time_format: z.enum(TIME_FORMATS).meta({ description: 'of {from} and {to}; default date' }).optional(),
      timeframe_text: text(32).meta({ description: '{timeframe} as the source writes it' }).optional(),
      items: text(200).meta({ description: 'json: dotted path of the array of bars; default the root' }).optional(),
      columns: z
        .record(z.string(), text(64))
        .meta({
          description: 'json: member (or index) of each of date, open, high, low, close, volume',
          example: { date: 't', close: 'c' },
        })
        .optional(),
      zone: text(64).meta({ description: 'IANA zone of times that state none' }).optional(),
      window_days: integer(z).min(1).max(36_500).meta({ description: 'longest range of one request' }).optional(),
      requests_per_minute: integer(z).min(1).max(6000).optional(),
    }),
    z.strictObject({
      kind: z.literal('folder'),
      path: text(500).meta({
        description: 'file, or folder of CSV files, below the folder of feeds; may hold {symbol} and {timeframe}',
        example: 'yahoo/{symbol}.csv',
      }),
      zone: text(64).optional(),
    }),
  ]);
});

export type FeedDocument = DocumentOf<typeof feedDocument>;
export type FeedKind = FeedDocument['kind'];
export type FeedOf<K extends FeedKind> = Extract<FeedDocument, { kind: K }>;
