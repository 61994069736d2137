import type { FeedOf, HttpPreset, TimeFormat, Timeframe } from '@assay/contracts';
import { invalid } from '@assay/primitives';

type HttpFeed = FeedOf<'http'>;

/** How a source is asked over HTTP, every field settled. */
export interface HttpTemplate {
  url: string;
  headers: Readonly<Record<string, string>>;
  format: 'csv' | 'json';
  timeFormat: TimeFormat;
  timeframeText: string;
  items: string | null;
  columns: Readonly<Record<string, string>> | null;
  zone: string | null;
  windowDays: number | null;
  intervalMs: number;
  /** Environment variable that may hold the key; only for addresses that are fixed here. */
  keyVariable: string | null;
}

interface Preset extends Partial<Omit<HttpTemplate, 'timeframeText' | 'url'>> {
  url: string | Partial<Record<Timeframe, string>>;
  /** What the source calls the timeframes that it has. */
  timeframes: Partial<Record<Timeframe, string>>;
}

const SECOND_MS = 1000;
const MINUTE = 60 * SECOND_MS;

const PRESETS: Readonly<Record<HttpPreset, Preset>> = {
  stooq: {
    url: 'https://stooq.com/q/d/l/?s={symbol}&d1={from}&d2={to}&i={timeframe}',
    timeFormat: 'yyyymmdd',
    timeframes: { '1d': 'd' },
    intervalMs: SECOND_MS,
  },
  alpha_vantage: {
    url: 'https://www.alphavantage.co/query?function=TIME_SERIES_DAILY&symbol={symbol}&outputsize=full&datatype=csv&apikey={key}',
    timeframes: { '1d': 'daily' },
    intervalMs: 12 * SECOND_MS,
    keyVariable: 'ALPHA_VANTAGE_API_KEY',
  },
  tiingo: {
    url: {
      '1d': 'https://api.tiingo.com/tiingo/daily/{symbol}/prices?startDate={from}&endDate={to}&format=csv&columns=date,open,high,low,close,volume',
      '1h': 'https://api.tiingo.com/iex/{symbol}/prices?startDate={from}&endDate={to}&resampleFreq={timeframe}&format=csv&columns=date,open,high,low,close,volume',
      '5m': 'https://api.tiingo.com/iex/{symbol}/prices?startDate={from}&endDate={to}&resampleFreq={timeframe}&format=csv&columns=date,open,high,low,close,volume',
    },
    headers: { authorization: 'Token {key}' },
    timeframes: { '1d': 'daily', '1h': '1hour', '5m': '5min' },
    windowDays: 365,
    intervalMs: SECOND_MS,
    keyVariable: 'TIINGO_API_KEY',
  },
  eodhd: {
    url: {
      '1d': 'https://eodhd.com/api/eod/{symbol}?from={from}&to={to}&period={timeframe}&fmt=csv&api_token={key}',
    },
    timeframes: { '1d': 'd' },
    intervalMs: 100,
    keyVariable: 'EODHD_API_KEY',
  },
};

/** What a feed's document means for one timeframe. @throws DomainError `validation_failed` that names the field */
export function templateOf(feed: HttpFeed, timeframe: Timeframe): HttpTemplate {
  const { preset, url } = feed;
  if ((preset === undefined) === (url === undefined)) {
    const message = `feed must have either preset or url, had ${preset === undefined ? 'neither' : 'both'}`;
    throw invalid([{ field: 'feed.url', rule: 'either', value: url ?? null, message }]);
  }
  const base = preset === undefined ? null : PRESETS[preset];
  const named = base?.timeframes[timeframe];
  const address = base === null ? url! : typeof base.url === 'string' ? base.url : base.url[timeframe];
  if (base !== null && (named === undefined || address === undefined)) {
    const known = Object.keys(base.timeframes).join(', ');
    const message = `timeframe must be one of ${preset}'s (${known}), was ${timeframe}`;
    throw invalid([{ field: 'timeframe', rule: 'enum', value: timeframe, message }]);
  }
  const { requests_per_minute: perMinute } = feed;
  const template: HttpTemplate = {
    url: address!,
    headers: feed.headers ?? base?.headers ?? {},
    format: feed.format ?? base?.format ?? 'csv',
    timeFormat: feed.time_format ?? base?.timeFormat ?? 'date',
    timeframeText: feed.timeframe_text ?? named ?? timeframe,
    items: feed.items ?? null,
    columns: feed.columns ?? null,
    zone: feed.zone ?? base?.zone ?? null,
    windowDays: feed.window_days ?? base?.windowDays ?? null,
    intervalMs: perMinute === undefined ? (base?.intervalMs ?? SECOND_MS) : MINUTE / perMinute,
    keyVariable: base?.keyVariable ?? null,
  };
  checkTemplate(template);
  return template;
}

/** An address that the placeholders leave alone, to read host and scheme from. */
export const addressWithoutPlaces = (url: string): URL => new URL(url.replace(/\{[a-z]+\}/g, 'x'));

const PLACES = ['symbol', 'from', 'to', 'timeframe', 'key'];

/** An address with nothing before its last @, where names and passwords stand. */
const withoutUser = (address: string): string => address.replace(/^.*@/s, '[user]@');

function checkTemplate({ url, format, columns }: HttpTemplate): void {
  const plain = url.replace(/\{[a-z]+\}/g, 'x');
  const field = 'feed.url';
  if (!URL.canParse(plain) || !/^https?:\/\//i.test(url)) {
    throw invalid([
      {
        field,
        rule: 'http_url',
        value: withoutUser(url),
        message: `${field} must be an http or https address, was ${withoutUser(url)}`,
      },
    ]);
  }
  const authority = /^https?:\/\/([^/?#]*)/i.exec(url)![1];
  if (/[{@]/.test(authority)) {
    const message = `${field} must have a fixed host without user name, and its placeholders after it, was ${withoutUser(authority)}`;
    throw invalid([{ field, rule: 'fixed_host', value: withoutUser(authority), message }]);
  }
  for (const [, name] of url.matchAll(/\{([^}]*)\}/g)) {
    if (PLACES.includes(name)) continue;
    const message = `${field} may hold ${PLACES.map((place) => `{${place}}`).join(', ')}, had {${name}}`;
    throw invalid([{ field, rule: 'placeholder', value: `{${name}}`, message }]);
  }
  if (format === 'json' && (columns === null || columns.date === undefined || columns.close === undefined)) {
    const message = 'feed.columns must name at least date and close of a json feed';
    throw invalid([{ field: 'feed.columns', rule: 'required', value: columns, message }]);
  }
}
