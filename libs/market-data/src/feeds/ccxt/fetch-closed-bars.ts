import { invalid, MINUTE_MS } from '@assay/primitives';
import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { type BarColumns } from '@assay/domain';
import { joinBars } from '../join-bars';
import { CcxtSource } from './ccxt-source';
import type { ExchangeOptions } from './open-exchange';
import { requireFetchable } from '../fetchable';

export interface CcxtImport extends ExchangeOptions {
  /** ccxt's unified symbol, such as `BTC/USDT` (spot) or `BTC/USDT:USDT` (linear swap). */
  symbol: string;
  timeframe: Timeframe;
  /** First open time, UTC milliseconds. */
  fromMs: number;
  /** Open times before it; default: all that are closed. */
  toMs?: number;
  /** A bar counts when it closed at or before this instant, and by the time of the exchange. */
  nowMs: number;
  /** Bars per request; default 1000. */
  pageSize?: number;
  onProgress?: (fraction: number) => void | Promise<void>;
  signal?: AbortSignal;
  /** Waits between attempts; given by tests. */
  pause?: (milliseconds: number) => Promise<void>;
}

/**
 * Closed bars of an exchange in one piece, oldest first; the bar in progress is left out. Unknown exchange, symbol or an empty range:
 * `validation_failed`.
 */
export async function fetchClosedBars(request: CcxtImport): Promise<BarColumns> {
  const { symbol, timeframe, nowMs, onProgress, signal } = request;
  requireFetchable(timeframe);
  const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
  const fromMs = Math.ceil(request.fromMs / stepMs) * stepMs;
  const toMs = Math.min(request.toMs ?? Infinity, Math.floor(nowMs / stepMs) * stepMs);
  if (fromMs >= toMs) throw nothingClosed(request.fromMs);
  const source = new CcxtSource({ ...request, nowMs: () => nowMs });
  const pieces: BarColumns[] = [];
  for await (const piece of source.getBars({ symbol, timeframe, fromMs, toMs, signal })) {
    pieces.push(piece);
    const last = piece.openTimeMs.at(-1);
    if (last !== undefined) await onProgress?.((last + stepMs - fromMs) / (toMs - fromMs));
  }
  if (pieces.length === 0) throw nothingClosed(request.fromMs);
  return joinBars(pieces);
}

function nothingClosed(fromMs: number): Error {
  const value = new Date(fromMs).toISOString();
  const message = `start must be before the last closed bar, was ${value}`;
  return invalid([{ field: 'start', rule: 'before_end', value, message }]);
}
