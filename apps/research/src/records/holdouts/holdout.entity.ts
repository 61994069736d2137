import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DataPin } from '../market/data-pin';

/** What the one look is of: bound when it is asked for, before anything is computed. */
export interface HoldoutLook {
  strategy_id: string;
  revision: number;
  config_hash: string;
  artifact_sha256: string | null;
  /** The bars that it reads. */
  data: DataPin;
  job_id: string;
  at: string;
}

/** What the look found. */
export interface HoldoutResult {
  /** First and last scored bar. */
  from: string;
  to: string;
  bars: number;
  sharpe: number | null;
  metrics: Record<string, number | null>;
  /** Why a metric is null. */
  reasons: Record<string, string>;
  buy_hold_metrics: Record<string, number | null>;
  trades: number;
  periods_per_year: number;
  /** SHA-256 of what was found. */
  result_hash: string;
}

/** A final period of an owner's symbols that nothing scores until one look. */
@Entity({ schema: 'research', name: 'holdout' })
@Index('holdout_owner_idx', ['ownerId', 'lineageId'])
export class HoldoutEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'holdout_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('uuid', { name: 'lineage_id' }) lineageId: string;
  /** The strategy that it was locked for. */
  @Column('uuid', { name: 'strategy_id' }) strategyId: string;
  @Column('text', { array: true }) symbols: string[];
  /** Bars that end after it are locked. */
  @Column('timestamptz', { name: 'from_at' }) fromAt: Date;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'locked_at' }) lockedAt: Date;
  @Column('jsonb', { nullable: true }) look: HoldoutLook | null;
  @Column('jsonb', { nullable: true }) result: HoldoutResult | null;
  /** When the result was kept: since then the bars are open. */
  @Column('timestamptz', { name: 'recorded_at', nullable: true }) recordedAt: Date | null;
}
