import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '@assay/primitives';
import type { Query } from '../store';

/** Longest time that a request waits for its turn; a feed that is not free by then is asked at the next try. */
const LONGEST_WAIT_MS = 60_000;

/** How often hosts of feeds are asked by all workers together, in `market.feed_budget`, by the clock of the database. */
export class FeedBudget {
  constructor(
    private readonly query: Query,
    private readonly wait: (milliseconds: number) => Promise<unknown> = sleep,
  ) {}

  /** Takes the next turn of a host and waits for it. @throws DomainError `unavailable` where it comes too late */
  async take(feed: string, host: string, intervalMs: number): Promise<void> {
    const [turn] = (await this.query(
      `INSERT INTO market.feed_budget AS b (feed, host, free_at)
       VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms')
       ON CONFLICT (feed, host) DO UPDATE SET free_at = greatest(b.free_at, clock_timestamp()) + $3 * interval '1 ms'
         WHERE b.free_at <= clock_timestamp() + $4 * interval '1 ms'
       RETURNING (extract(epoch FROM free_at - clock_timestamp()) * 1000 - $3)::float8 AS wait_ms`,
      [feed, host, intervalMs, LONGEST_WAIT_MS],
    )) as { wait_ms: number }[];
    if (turn === undefined) {
      throw refuse(
        'unavailable',
        `${host} must not be asked for more than ${LONGEST_WAIT_MS / 1000} s from now: its limit was reached`,
      );
    }
    if (turn.wait_ms > 0) await this.wait(turn.wait_ms);
  }

  /** A host asked to be left alone. */
  async rest(feed: string, host: string, forMs: number): Promise<void> {
    await this.query(
      `INSERT INTO market.feed_budget AS b (feed, host, free_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms')
       ON CONFLICT (feed, host) DO UPDATE SET free_at = greatest(b.free_at, excluded.free_at)`,
      [feed, host, forMs],
    );
  }
}
