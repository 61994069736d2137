import type { ArtifactRef, Problem, Warning } from '@assay/contracts';
import type { CostTotals } from '@assay/quant';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DataPin } from '../market/data-pin';
import type { Basis } from './basis';
import { StrategyEntity } from '../strategies/strategy.entity';
import type { BacktestRequest, TradeDocument } from './backtest-document';

/** One run of a pinned strategy revision. Series live in the artifact store, addressed by their hash. */
@Entity({ schema: 'research', name: 'backtest' })
@Index('backtest_strategy_idx', ['strategyId', 'revision', 'createdAt'])
@Index('backtest_owner_idx', ['ownerId', 'id'])
export class BacktestEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'backtest_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => StrategyEntity, 'id', { name: 'backtest_strategy_fkey' })
  @Column('uuid', { name: 'strategy_id' })
  strategyId: string;
  @Column('integer') revision: number;
  @Column('text', { name: 'config_hash' }) configHash: string;
  @Column('text') engine: 'vectorized' | 'event';
  @Column('jsonb') request: BacktestRequest;
  @Column('text') status: 'pending' | 'queued' | 'running' | 'completed' | 'failed';
  @Column('uuid', { name: 'job_id', nullable: true }) jobId: string | null;
  @Column('jsonb', { nullable: true }) metrics: Record<string, number | null> | null;
  @Column('jsonb', { name: 'buy_hold_metrics', nullable: true }) buyHoldMetrics: Record<string, number | null> | null;
  /** Why a metric is null. */
  @Column('jsonb', { nullable: true }) reasons: Record<string, string> | null;
  @Column('jsonb', { name: 'buy_hold_reasons', nullable: true }) buyHoldReasons: Record<string, string> | null;
  @Column('jsonb', { nullable: true }) costs: CostTotals | null;
  @Column('jsonb', { nullable: true }) basis: Basis | null;
  @Column('jsonb') warnings: Warning[];
  @Column('jsonb', { nullable: true }) trades: TradeDocument[] | null;
  @Column('text', { name: 'series_uri', nullable: true }) seriesUri: string | null;
  @Column('jsonb', { nullable: true }) artifact: ArtifactRef | null;
  @Column('jsonb', { nullable: true }) data: DataPin | null;
  @Column('jsonb', { nullable: true }) error: Problem | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}
