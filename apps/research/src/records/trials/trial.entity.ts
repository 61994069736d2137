import type { TrialOrigin } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { TrialAxisEntity } from './trial-axis.entity';

/** One tried configuration: a distinct config hash of an owner's lineage, with its newest return series. */
@Entity({ schema: 'research', name: 'trial' })
@Unique('trial_lineage_hash_key', ['ownerId', 'lineageId', 'configHash'])
@Index('trial_data_idx', ['ownerId', 'symbol', 'timeframe'])
export class TrialEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'trial_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('uuid', { name: 'lineage_id' }) lineageId: string;
  @Column('uuid', { name: 'strategy_id' }) strategyId: string;
  @Column('text', { name: 'config_hash' }) configHash: string;
  @Column('text') origin: TrialOrigin;
  @Column('text') source: string;
  @Column('text') symbol: string;
  @Column('text') timeframe: string;
  @Column('text', { name: 'data_fingerprint' }) dataFingerprint: string;
  @Column('jsonb') params: Record<string, unknown>;
  @Column('jsonb') metrics: Record<string, number | null>;
  @Column('integer') observations: number;
  @Column('double precision', { name: 'sharpe_per_bar', nullable: true }) sharpePerBar: number | null;
  /** Bars of the series; null: the series holds pairs of open time and net return, as written before axes were shared. */
  @ForeignKey(() => TrialAxisEntity, 'sha256', { name: 'trial_axis_fkey' })
  @Column('text', { name: 'axis_sha256', nullable: true })
  axisSha256: string | null;
  /** Net returns, see `return-series.ts`. */
  @Column('bytea', { select: false }) series: Buffer;
  @Column('uuid', { name: 'job_id', nullable: true }) jobId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
