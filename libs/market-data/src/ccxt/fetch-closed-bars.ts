import { setTimeout as sleep } from 'node:timers/promises';
import { invalid, MINUTE_MS, refuse } from '@assay/primitives';
import type { Exchange } from 'ccxt';
import type { Timeframe } from '@assay/contracts';
import { type BarColumns } from '@assay/domain';
import { TIMEFRAME_MINUTES } from '../calendars';
import { openExchange, type ExchangeOptions } from './open-exchange';

export interface CcxtImport extends ExchangeOptions {
  /** ccxt's unified symbol, such as `BTC/USDT` (spot) or `BTC/USDT:USDT` (linear swap). */
  symbol: string;
  timeframe: Timeframe;
  /** First open time, UTC milliseconds. */
  fromMs: number;
  /** Open times before it; default: all that are closed. */
  toMs?: number;
  /** A bar counts when it closed at or before this instant. */
  nowMs: number;
  /** Bars per request; default 1000. */
  pageSize?: number;
  onProgress?: (fraction: number) => void | Promise<void>;
  signal?: AbortSignal;
  /** Waits between attempts; given by tests. */
  pause?: (milliseconds: number) => Promise<void>;
}

type Row = [number, number, number, number, number, number];

const MOST_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;

/**
 * Closed bars of a venue that never closes, oldest first, page by page without gaps between pages or duplicates; the
 * bar in progress is left out. Throttled and retried with rising pauses on network errors and rate limits, then
 * `unavailable`. Unknown exchange, symbol or an empty range: `validation_failed`.
 */
export async function fetchClosedBars(request: CcxtImport): Promise<BarColumns> {
  const stepMs = TIMEFRAME_MINUTES[request.timeframe] * MINUTE_MS;
  const fromMs = Math.ceil(request.fromMs / stepMs) * stepMs;
  const endMs = Math.min(request.toMs ?? Infinity, Math.floor(request.nowMs / stepMs) * stepMs);
  if (fromMs >= endMs) {
    const message = `start must be before the last closed bar, was ${new Date(request.fromMs).toISOString()}`;
    throw invalid([{ field: 'start', rule: 'before_end', value: new Date(request.fromMs).toISOString(), message }]);
  }
  const client = openExchange(request);
  const again = <T>(call: () => Promise<T>): Promise<T> => retried(call, request);
  await again(() => client.loadMarkets(true));
  if (!Object.hasOwn(client.markets ?? {}, request.symbol)) {
    const message = `symbol must be a symbol of ${request.exchange}, was ${request.symbol}`;
    throw invalid([{ field: 'symbol', rule: 'known', value: request.symbol, message }]);
  }
  const rows = await readPages(client, request, { fromMs, endMs, stepMs }, again);
  return columnsOf(rows, request);
}

async function readPages(
  client: Exchange,
  request: CcxtImport,
  range: { fromMs: number; endMs: number; stepMs: number },
  again: <T>(call: () => Promise<T>) => Promise<T>,
): Promise<Row[]> {
  const { fromMs, endMs, stepMs } = range;
  const pageSize = request.pageSize ?? 1000;
  const rows: Row[] = [];
  for (let since = fromMs; since < endMs;) {
    request.signal?.throwIfAborted();
    // both ends are stated, so venues that count pages from either end give the same page
    const until = Math.min(since + pageSize * stepMs, endMs);
    const page = (await again(() =>
      client.fetchOHLCV(request.symbol, request.timeframe, since, pageSize, { until: until - 1 }),
    )) as Row[];
    const newest = rows.length > 0 ? rows[rows.length - 1][0] : -Infinity;
    const fresh = page.filter(([time]) => time > newest && time >= since && time < until).sort((a, b) => a[0] - b[0]);
    rows.push(...fresh);
    since = until;
    await request.onProgress?.((since - fromMs) / (endMs - fromMs));
  }
  return rows;
}

async function retried<T>(call: () => Promise<T>, request: CcxtImport): Promise<T> {
  const pause = request.pause ?? sleep;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (attempt === MOST_ATTEMPTS) {
        const says = (error as Error).message;
        throw refuse('unavailable', `${request.exchange} did not answer after ${MOST_ATTEMPTS} attempts: ${says}`);
      }
      request.signal?.throwIfAborted();
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
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

function columnsOf(rows: readonly Row[], request: CcxtImport): BarColumns {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at] ?? NaN);
  return {
    symbol: request.symbol,
    source: request.exchange,
    timeframe: request.timeframe,
    openTimeMs: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    extra: {},
  };
}
