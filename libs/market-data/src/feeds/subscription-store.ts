import type { Query, SeriesKey } from '../store';
import { SUBSCRIPTION_COLUMNS, subscriptionOf, type RefreshCounts, type Subscription } from './subscription';

/** How a refresh ended, and when the next one is due. */
export interface Settlement {
  atMs: number;
  nextDueMs: number;
  attempts: number;
  /** Null where the feed answered. */
  error: string | null;
  counts: RefreshCounts;
  feedRevision: string | null;
  holesAskedMs: number | null;
  holesFromMs: number | null;
}

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/**
 * Subscriptions in `market.subscription` as refreshes read and write them. A refresh holds the row by a claim that ends by itself, by the
 * clock of the database; whatever it writes it writes with the claim, so that one which has lost it changes nothing.
 */
export class SubscriptionStore {
  constructor(private readonly query: Query) {}

  find(id: string): Promise<Subscription | null> {
    return this.one(`SELECT ${SUBSCRIPTION_COLUMNS} FROM market.subscription WHERE id = $1::uuid`, [id]);
  }

  /** The enabled subscription of a series; without a source the one of the symbol whose source comes first. */
  ofSeries({
    symbol,
    timeframe,
    source,
  }: Omit<SeriesKey, 'source'> & { source: string | null }): Promise<Subscription | null> {
    return this.one(
      `SELECT ${SUBSCRIPTION_COLUMNS} FROM market.subscription
       WHERE symbol = $1 AND timeframe = $2 AND ($3::text IS NULL OR source = $3) AND enabled ORDER BY source LIMIT 1`,
      [symbol, timeframe, source],
    );
  }

  /** Ids of those that are due and that nobody refreshes, longest due first. */
  async due(nowMs: number, most: number): Promise<string[]> {
    const rows = (await this.query(
      `SELECT id FROM market.subscription
       WHERE enabled AND next_due_at <= $1::timestamptz AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
       ORDER BY next_due_at, id LIMIT $2`,
      [time(nowMs), most],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  /** The row under the claim; null while another has it, where it is gone or off, and where it is not due by `dueByMs` (null: whenever). */
  claim(id: string, claim: string, forMs: number, dueByMs: number | null): Promise<Subscription | null> {
    return this.one(
      `WITH put AS (
         UPDATE market.subscription SET claim = $2::uuid, claimed_until = clock_timestamp() + $3 * interval '1 ms'
         WHERE id = $1::uuid AND enabled AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
           AND ($4::timestamptz IS NULL OR next_due_at <= $4::timestamptz)
         RETURNING ${SUBSCRIPTION_COLUMNS})
       SELECT ${SUBSCRIPTION_COLUMNS} FROM put`,
      [id, claim, forMs, time(dueByMs)],
    );
  }

  /** Ends a claim without having done anything. */
  async release(id: string, claim: string): Promise<void> {
    await this.query(
      'UPDATE market.subscription SET claim = NULL, claimed_until = NULL WHERE id = $1::uuid AND claim = $2::uuid',
      [id, claim],
    );
  }

  async isClaimed(id: string): Promise<boolean> {
    const [row] = (await this.query(
      'SELECT claimed_until > clock_timestamp() AS claimed FROM market.subscription WHERE id = $1::uuid',
      [id],
    )) as { claimed: boolean | null }[];
    return row?.claimed === true;
  }

  /** Keeps the claim for longer and, within a transaction, to its end; false where it is lost. */
  async keep(id: string, claim: string, forMs: number): Promise<boolean> {
    const rows = (await this.query(
      `WITH put AS (
         UPDATE market.subscription SET claimed_until = clock_timestamp() + $3 * interval '1 ms'
         WHERE id = $1::uuid AND claim = $2::uuid RETURNING id)
       SELECT id FROM put`,
      [id, claim, forMs],
    )) as unknown[];
    return rows.length > 0;
  }

  /** Ends the claim with what became of the refresh; null where the claim was lost. */
  settle(id: string, claim: string, settlement: Settlement): Promise<Subscription | null> {
    const { atMs, nextDueMs, attempts, error, counts, feedRevision, holesAskedMs, holesFromMs } = settlement;
    return this.one(
      `WITH put AS (
         UPDATE market.subscription SET claim = NULL, claimed_until = NULL, last_attempt_at = $3::timestamptz,
           last_success_at = CASE WHEN $6::text IS NULL THEN $3::timestamptz ELSE last_success_at END,
           next_due_at = $4::timestamptz, attempts = $5, last_error = $6, last_result = $7::jsonb, feed_revision = $8,
           holes_asked_at = $9::timestamptz, holes_from = $10::timestamptz
         WHERE id = $1::uuid AND claim = $2::uuid RETURNING ${SUBSCRIPTION_COLUMNS})
       SELECT ${SUBSCRIPTION_COLUMNS} FROM put`,
      [
        id,
        claim,
        time(atMs),
        time(nextDueMs),
        attempts,
        error,
        JSON.stringify(counts),
        feedRevision,
        time(holesAskedMs),
        time(holesFromMs),
      ],
    );
  }

  private async one(sql: string, params: unknown[]): Promise<Subscription | null> {
    const rows = (await this.query(sql, params)) as unknown[];
    return rows.length > 0 ? subscriptionOf(rows[0]) : null;
  }
}
