import type { FeedDocument, Timeframe, MarketCode } from '@assay/contracts';

/** What the last refresh brought. */
export interface RefreshCounts {
  /** Closed bars of sessions that the feed gave. */
  fetched: number;
  inserted: number;
  /** Stored bars that got other values. */
  corrected: number;
  /** Bars that would change stored ones and were not written, since the owner may not correct. */
  withheld: number;
  /** Intraday bars outside of sessions, left out. */
  outside: number;
  /** What a person should see to: steps of the price like those of splits that nobody has declared. */
  warnings?: string[];
}

/** A series that is kept fresh from a feed. Times are UTC milliseconds. */
export interface Subscription {
  id: string;
  ownerId: string;
  source: string;
  symbol: string;
  timeframe: Timeframe;
  market: MarketCode;
  synthetic: boolean;
  feed: FeedDocument;
  feedSymbol: string;
  sealedKey: Buffer | null;
  /** Bars from here on are wanted. */
  firstBarMs: number;
  delayS: number;
  overlapBars: number;
  mayCorrect: boolean;
  enabled: boolean;
  nextDueMs: number;
  attempts: number;
  feedRevision: string | null;
  holesAskedMs: number | null;
  holesFromMs: number | null;
  lastAttemptMs: number | null;
  lastSuccessMs: number | null;
  lastError: string | null;
  lastResult: RefreshCounts | null;
  version: number;
}

interface SubscriptionRow {
  id: string;
  owner_id: string;
  source: string;
  symbol: string;
  timeframe: Timeframe;
  market: MarketCode;
  synthetic: boolean;
  feed: FeedDocument;
  feed_symbol: string;
  sealed_key: Buffer | null;
  first_bar: Date;
  delay_s: number;
  overlap_bars: number;
  may_correct: boolean;
  enabled: boolean;
  next_due_at: Date;
  attempts: number;
  feed_revision: string | null;
  holes_asked_at: Date | null;
  holes_from: Date | null;
  last_attempt_at: Date | null;
  last_success_at: Date | null;
  last_error: string | null;
  last_result: RefreshCounts | null;
  version: number;
}

export const SUBSCRIPTION_COLUMNS = `id, owner_id, source, symbol, timeframe, market, synthetic, feed, feed_symbol, sealed_key, first_bar,
  delay_s, overlap_bars, may_correct, enabled, next_due_at, attempts, feed_revision, holes_asked_at, holes_from, last_attempt_at,
  last_success_at, last_error, last_result, version`;

const millis = (time: Date | null): number | null => (time === null ? null : new Date(time).getTime());

export function subscriptionOf(row: unknown): Subscription {
  const r = row as SubscriptionRow;
  return {
    id: r.id,
    ownerId: r.owner_id,
    source: r.source,
    symbol: r.symbol,
    timeframe: r.timeframe,
    market: r.market,
    synthetic: r.synthetic,
    feed: r.feed,
    feedSymbol: r.feed_symbol,
    sealedKey: r.sealed_key,
    firstBarMs: millis(r.first_bar)!,
    delayS: r.delay_s,
    overlapBars: r.overlap_bars,
    mayCorrect: r.may_correct,
    enabled: r.enabled,
    nextDueMs: millis(r.next_due_at)!,
    attempts: r.attempts,
    feedRevision: r.feed_revision,
    holesAskedMs: millis(r.holes_asked_at),
    holesFromMs: millis(r.holes_from),
    lastAttemptMs: millis(r.last_attempt_at),
    lastSuccessMs: millis(r.last_success_at),
    lastError: r.last_error,
    lastResult: r.last_result,
    version: r.version,
  };
}
