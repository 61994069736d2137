import { TIMEFRAME_MINUTES } from '@assay/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BarColumns, MarketDataSource, SourceQuery } from '@assay/domain';
import { invalid, MINUTE_MS, refuse } from '@assay/primitives';
import type { Exchange } from 'ccxt';
import { LRUCache } from 'lru-cache';
import { barPages, type Row } from './bar-pages';
import { openExchange, type ExchangeOptions } from './open-exchange';
import { requireFetchable } from '../fetchable';

export interface CcxtSourceOptions extends ExchangeOptions {
  /** Closed by when, where the exchange does not tell its time. */
  nowMs: () => number;
  /** Bars per request; default what the exchange gives, at most 1000. */
  pageSize?: number;
  /** Asked for before each request, with the milliseconds that the exchange wants between two. */
  pace?: (intervalMs: number) => Promise<void>;
  /** Waits between attempts; given by tests. */
  pause?: (milliseconds: number) => Promise<void>;
}

const MOST_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;
const MOST_BARS = 1000;
/** Markets are listed and delisted seldom, and their list is long. */
const MARKETS_MS = 3_600_000;

/** Clients whose markets are loaded, by exchange and address. */
const loaded = new LRUCache<string, Exchange>({ max: 50, ttl: MARKETS_MS });

/**
 * Bars of an exchange that never closes, through ccxt, without a key. A bar is closed by the exchange's own time. Throttled, and repeated
 * with rising pauses on network errors and rate limits, then `unavailable`. Unknown exchange, symbol or timeframe: `validation_failed`.
 */
export class CcxtSource implements MarketDataSource {
  constructor(private readonly options: CcxtSourceOptions) {}

  async *getBars({ symbol, timeframe, fromMs, toMs, signal }: SourceQuery): AsyncGenerator<BarColumns> {
    requireFetchable(timeframe);
    const { exchange } = this.options;
    const client = await this.client(symbol, signal);
    if (!Object.hasOwn(client.timeframes ?? {}, timeframe)) {
      const known = Object.keys(client.timeframes ?? {}).join(', ');
      const message = `timeframe must be one of ${exchange}'s (${known}), was ${timeframe}`;
      throw invalid([{ field: 'timeframe', rule: 'enum', value: timeframe, message }]);
    }
    const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
    const nowMs = await this.serverTime(client, signal);
    const endMs = Math.min(Math.ceil(toMs / stepMs) * stepMs, Math.floor(nowMs / stepMs) * stepMs);
    const size = this.options.pageSize ?? Math.min(MOST_BARS, mostBars(client, symbol));
    const fetch = async (since: number, until: number): Promise<readonly Row[]> => {
      // both ends are stated, so that exchanges which count from either end give the same page
      const limit = Math.max(2, Math.round((until - since) / stepMs));
      const more = { until: until - 1 };
      const rows = await this.again(client, signal, () => client.fetchOHLCV(symbol, timeframe, since, limit, more));
      return rows as Row[];
    };
    const range = { fromMs: Math.ceil(fromMs / stepMs) * stepMs, toMs: endMs, stepMs, size };
    for await (const rows of barPages(fetch, range)) {
      const odd = rows.find(([time]) => time % stepMs !== 0);
      if (odd) {
        const at = new Date(odd[0]).toISOString();
        throw refuse(
          'unavailable',
          `${exchange} gave a ${timeframe} bar of ${symbol} that opens at ${at}, off its steps`,
        );
      }
      yield columnsOf(rows, { symbol, source: exchange, timeframe });
    }
  }

  private async client(symbol: string, signal?: AbortSignal): Promise<Exchange> {
    const { exchange, baseUrl } = this.options;
    const key = `${exchange} ${baseUrl ?? ''}`;
    const known = loaded.get(key);
    const client = known ?? openExchange(this.options);
    if (!known) {
      await this.again(client, signal, () => client.loadMarkets(true));
      loaded.set(key, client);
    }
    if (Object.hasOwn(client.markets ?? {}, symbol)) return client;
    const message = `symbol must be a symbol of ${exchange}, was ${symbol}`;
    throw invalid([{ field: 'symbol', rule: 'known', value: symbol, message }]);
  }

  private async serverTime(client: Exchange, signal?: AbortSignal): Promise<number> {
    if (!client.has.fetchTime) return this.options.nowMs();
    return (await this.again(client, signal, () => client.fetchTime())) ?? this.options.nowMs();
  }

  private async again<T>(client: Exchange, signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    const { pause = sleep, pace, exchange } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      await pace?.(client.rateLimit as number);
      try {
        return await call();
      } catch (error) {
        if (!isTransient(error)) throw refuse('unavailable', `${exchange} refused: ${(error as Error).message}`);
        if (attempt === MOST_ATTEMPTS) {
          const says = (error as Error).message;
          throw refuse('unavailable', `${exchange} did not answer after ${MOST_ATTEMPTS} attempts: ${says}`);
        }
        signal?.throwIfAborted();
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }
}

/** As ccxt knows it of the exchange. */
function mostBars(client: Exchange, symbol: string): number {
  const limit = client.featureValue(symbol, 'fetchOHLCV', 'limit') as unknown;
  return typeof limit === 'number' && limit >= 2 ? limit : MOST_BARS;
}

/** ccxt derives time-outs, resets, 5xx, rate limits and DDoS guards from `NetworkError`. */
function isTransient(error: unknown): boolean {
  for (
    let type = (error as object)?.constructor;
    typeof type === 'function' && type.name;
    type = Object.getPrototypeOf(type)
  ) {
    if (type.name === 'NetworkError') return true;
  }
  return false;
}

function columnsOf(rows: readonly Row[], key: Pick<BarColumns, 'symbol' | 'source' | 'timeframe'>): BarColumns {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at] ?? NaN);
  return {
    ...key,
    openTimeMs: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    extra: {},
  };
}
