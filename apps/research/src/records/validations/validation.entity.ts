import type { ArtifactRef, PolicyName, PolicyVerdict, Problem } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DataPin } from '../market/data-pin';
import { StrategyEntity } from '../strategies/strategy.entity';
import type { ValidationRequest } from './validation-request';

export const VALIDATION_KINDS = ['walk_forward', 'walk_forward_search', 'cpcv'] as const;
export type ValidationKind = (typeof VALIDATION_KINDS)[number];
/** Kinds that gates rest on. */
export type EvidenceKind = Exclude<ValidationKind, 'walk_forward_search'>;

/** One walk-forward or CPCV run of a pinned strategy revision, with the gates as they stood on its completion. */
@Entity({ schema: 'research', name: 'validation' })
@Index('validation_strategy_idx', ['strategyId', 'revision', 'kind', 'createdAt'])
export class ValidationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'validation_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => StrategyEntity, 'id', { name: 'validation_strategy_fkey' })
  @Column('uuid', { name: 'strategy_id' })
  strategyId: string;
  @Column('integer') revision: number;
  @Column('text', { name: 'config_hash' }) configHash: string;
  @Column('text') kind: ValidationKind;
  @Column('jsonb') request: ValidationRequest;
  @Column('text') status: 'queued' | 'running' | 'completed' | 'failed';
  @Column('uuid', { name: 'job_id', nullable: true }) jobId: string | null;
  @Column('jsonb', { nullable: true }) result: Record<string, unknown> | null;
  /** Exact numbers that later gate evaluations read. */
  @Column('text', { name: 'evidence_uri', nullable: true }) evidenceUri: string | null;
  @Column('jsonb', { nullable: true }) artifact: ArtifactRef | null;
  @Column('jsonb', { nullable: true }) data: DataPin | null;
  @Column('jsonb', { nullable: true }) gates: Partial<Record<PolicyName, PolicyVerdict>> | null;
  @Column('jsonb', { nullable: true }) error: Problem | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}
