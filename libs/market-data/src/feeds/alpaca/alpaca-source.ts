import type { FeedOf, Timeframe, MarketCode } from '@assay/contracts';
import { sliceBars, type BarColumns, type MarketDataSource, type SourceQuery } from '@assay/domain';
import { DAY_MS, refuse } from '@assay/primitives';
import { calendarFor, type SessionCalendar } from '../../calendars';
import { closedCount } from '../../imports';
import { barsBetween } from '../bars-between';
import { pacedGet, type HostPace } from '../http/paced-get';
import { datedBars, sessionBars } from './session-bars';

export interface AlpacaSourceOptions extends HostPace {
  feed: FeedOf<'alpaca'>;
  market: MarketCode;
  /** `key id:secret`; the bars of crypto need none. */
  key: string | null;
  /** Base address, such as that of a simulator. */
  baseUrl: string;
  privateHosts: readonly string[];
  nowMs: () => number;
}

interface WireBar {
  t: string;
  o: number;
  h: number;
  l: number;
  c: number;
  v: number;
}

/** What Alpaca calls the bars that ours are made of: its long ones do not begin with the session. */
const ASKED: Readonly<Partial<Record<Timeframe, string>>> = {
  '1m': '1Min',
  '5m': '5Min',
  '15m': '15Min',
  '30m': '30Min',
  '1h': '30Min',
  '4h': '30Min',
  '1d': '1Day',
};
/** 200 requests a minute. */
const INTERVAL_MS = 300;
const MOST_BARS = 10_000;
/** Ranges of one request and its pages, so that a long history comes in pieces. */
const WINDOW_DAYS: Readonly<Partial<Record<Timeframe, number>>> = { '1d': 3650, '1m': 10 };

/** Raw bars of stocks and crypto from Alpaca's REST interface, page by page. */
export class AlpacaSource implements MarketDataSource {
  private readonly calendar: SessionCalendar;

  constructor(private readonly options: AlpacaSourceOptions) {
    this.calendar = calendarFor(options.market);
  }

  async *getBars(query: SourceQuery): AsyncGenerator<BarColumns> {
    const { symbol, timeframe, fromMs, toMs, signal } = query;
    const windowMs = (WINDOW_DAYS[timeframe] ?? 60) * DAY_MS;
    for (let [from, to] = [fromMs, 0]; from < toMs; from = to) {
      // no session lasts over midnight of UTC, so no window cuts a bar
      to = Math.min(Math.floor((from + windowMs) / DAY_MS) * DAY_MS, toMs);
      const found = columnsOf(await this.pages(symbol, timeframe, from, to, signal), symbol, timeframe);
      const bars = timeframe === '1d' ? datedBars(found, this.calendar) : sessionBars(found, this.calendar, timeframe);
      yield barsBetween(sliceBars(bars, 0, closedCount(bars, this.calendar, this.options.nowMs())), from, to);
    }
  }

  private async pages(
    symbol: string,
    timeframe: Timeframe,
    fromMs: number,
    toMs: number,
    signal?: AbortSignal,
  ): Promise<WireBar[]> {
    const asked = ASKED[timeframe];
    if (asked === undefined) throw refuse('unavailable', `alpaca has no ${timeframe} bars`);
    // a day of the market begins after 00:00Z of its date and is stamped so
    const ends = {
      start: new Date(fromMs).toISOString(),
      end: new Date(toMs + (timeframe === '1d' ? DAY_MS : 0)).toISOString(),
    };
    const bars: WireBar[] = [];
    for (let token: string | null = ''; token !== null;) {
      const page = await this.page(
        symbol,
        { timeframe: asked, ...ends, limit: String(MOST_BARS), ...(token && { page_token: token }) },
        signal,
      );
      bars.push(...page.bars);
      token = page.token;
    }
    return bars;
  }

  private async page(
    symbol: string,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<{ bars: WireBar[]; token: string | null }> {
    const { market, key, baseUrl, feed, privateHosts } = this.options;
    const isCrypto = market === 'CRYPTO';
    const path = isCrypto ? '/v1beta3/crypto/us/bars' : `/v2/stocks/${encodeURIComponent(symbol)}/bars`;
    const url = new URL(path, baseUrl);
    const more = isCrypto ? { symbols: symbol } : { feed: feed.data_feed, adjustment: 'raw' };
    for (const [name, value] of Object.entries({ ...query, ...more, sort: 'asc' })) url.searchParams.set(name, value);
    if (!isCrypto && key === null) {
      throw refuse(
        'unavailable',
        'alpaca needs a key: state api_key as KEY_ID:SECRET, or ALPACA_API_KEY in the environment',
      );
    }
    const [id, secret = ''] = (key ?? '').split(':');
    const headers: Record<string, string> =
      key === null ? {} : { 'apca-api-key-id': id, 'apca-api-secret-key': secret };
    const secrets = key === null ? [] : [id, secret];
    const { body } = await pacedGet({ url, headers, secrets, privateHosts, signal }, INTERVAL_MS, this.options);
    return pageOf(body.toString('utf8'), symbol);
  }
}

function pageOf(text: string, symbol: string): { bars: WireBar[]; token: string | null } {
  const wrong = (): Error => refuse('unavailable', `alpaca gave no list of bars: ${text.slice(0, 200)}`);
  let page: { bars?: WireBar[] | Record<string, WireBar[]> | null; next_page_token?: string | null };
  try {
    page = JSON.parse(text) as typeof page;
  } catch {
    throw wrong();
  }
  const list = Array.isArray(page.bars) ? page.bars : (page.bars?.[symbol] ?? []);
  if (typeof page !== 'object' || page.bars === undefined || !Array.isArray(list)) throw wrong();
  return { bars: list, token: page.next_page_token ?? null };
}

function columnsOf(bars: readonly WireBar[], symbol: string, timeframe: Timeframe): BarColumns {
  const column = (of: (bar: WireBar) => number): Float64Array => Float64Array.from(bars, of);
  return {
    ...{ symbol, source: 'alpaca', timeframe },
    openTimeMs: column(({ t }) => Date.parse(t)),
    open: column(({ o }) => o),
    high: column(({ h }) => h),
    low: column(({ l }) => l),
    close: column(({ c }) => c),
    volume: column(({ v }) => v),
    extra: {},
  };
}
