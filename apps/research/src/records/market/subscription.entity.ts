import type { FeedDocument } from '@assay/contracts';
import type { RefreshCounts } from '@assay/market-data/feeds';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A series that is kept fresh from a feed: what is wanted, and what has become of it. */
@Entity({ schema: 'market', name: 'subscription' })
@Unique('subscription_series_key', ['source', 'symbol', 'timeframe'])
@Index('subscription_owner_idx', ['ownerId'])
@Index('subscription_due_idx', ['nextDueAt'], { where: 'enabled' })
export class SubscriptionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscription_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text') source: string;
  @Column('text') symbol: string;
  @Column('text') timeframe: string;
  @Column('text') market: string;
  @Column('boolean') synthetic: boolean;
  @Column('jsonb') feed: FeedDocument;
  /** The symbol as the feed writes it. */
  @Column('text', { name: 'feed_symbol' }) feedSymbol: string;
  @Column('bytea', { name: 'sealed_key', nullable: true }) sealedKey: Buffer | null;
  @Column('timestamptz', { name: 'first_bar' }) firstBar: Date;
  /** How long after a close the feed has the bar. */
  @Column('integer', { name: 'delay_s' }) delayS: number;
  /** Stored bars that each refresh asks for again, to see them corrected. */
  @Column('integer', { name: 'overlap_bars' }) overlapBars: number;
  /** Whether its owner may change stored bars. */
  @Column('boolean', { name: 'may_correct' }) mayCorrect: boolean;
  @Column('boolean') enabled: boolean;
  @Column('timestamptz', { name: 'next_due_at' }) nextDueAt: Date;
  /** Refreshes in a row that did not bring the expected bar. */
  @Column('integer', { default: 0 }) attempts: number;
  /** What the feed said it has at the last refresh, where it says so. */
  @Column('text', { name: 'feed_revision', nullable: true }) feedRevision: string | null;
  @Column('timestamptz', { name: 'holes_asked_at', nullable: true }) holesAskedAt: Date | null;
  /** Holes before it were asked for already. */
  @Column('timestamptz', { name: 'holes_from', nullable: true }) holesFrom: Date | null;
  /** Who refreshes it at the moment. */
  @Column('uuid', { nullable: true }) claim: string | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) claimedUntil: Date | null;
  @Column('timestamptz', { name: 'last_attempt_at', nullable: true }) lastAttemptAt: Date | null;
  @Column('timestamptz', { name: 'last_success_at', nullable: true }) lastSuccessAt: Date | null;
  @Column('text', { name: 'last_error', nullable: true }) lastError: string | null;
  @Column('jsonb', { name: 'last_result', nullable: true }) lastResult: RefreshCounts | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
