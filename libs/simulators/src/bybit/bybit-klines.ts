import { MINUTE_MS } from '@assay/primitives';

/** One candle: open time in UTC milliseconds and decimal strings, as the venue stores them. */
export interface BybitCandle {
  startMs: number;
  open: string;
  high: string;
  low: string;
  close: string;
  volume: string;
  /** When the venue shows it; default as soon as it begins. */
  fromMs?: number;
  /** Another close that it has later. */
  corrected?: { fromMs: number; close: string };
}

const INTERVAL_MINUTES: Readonly<Record<string, number>> = {
  '1': 1,
  '3': 3,
  '5': 5,
  '15': 15,
  '30': 30,
  '60': 60,
  '120': 120,
  '240': 240,
  '360': 360,
  '720': 720,
  D: 1440,
};

const DEFAULT_LIMIT = 200;
const MOST_CANDLES = 1000;

export interface KlineQuery {
  interval: string;
  startMs?: number;
  endMs?: number;
  limit?: number;
}

export const isInterval = (interval: string): boolean => Object.hasOwn(INTERVAL_MINUTES, interval);

/**
 * What `GET /v5/market/kline` answers at `nowMs`: newest first, the candle in progress included, `start` and `end` are
 * bounds of the open time and both included. With a start alone the oldest `limit` candles come, else the newest.
 */
export function klineList(candles: readonly BybitCandle[], query: KlineQuery, nowMs: number): string[][] {
  const stepMs = INTERVAL_MINUTES[query.interval] * MINUTE_MS;
  const begun = candles.filter(({ startMs, fromMs = startMs }) => fromMs <= nowMs);
  const startMs = query.startMs === undefined ? -Infinity : Math.floor(query.startMs / stepMs) * stepMs;
  const inRange = begun.filter((candle) => candle.startMs >= startMs && candle.startMs <= (query.endMs ?? Infinity));
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MOST_CANDLES);
  const fromStart = query.startMs !== undefined && query.endMs === undefined;
  const chosen = fromStart ? inRange.slice(0, limit) : inRange.slice(-limit);
  return chosen.reverse().map(({ startMs: start, open, high, low, close: first, volume, corrected }) => {
    const close = corrected && corrected.fromMs <= nowMs ? corrected.close : first;
    const turnover = String(Number(volume) * Number(close));
    return [String(start), open, high, low, close, volume, turnover];
  });
}
