import type { StrategyDocument, Timeframe } from '@assay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PipelineConfig } from '../../recipes/recipe';

/** The mutable row of a strategy: what the author edits. Its content is frozen in revisions. */
@Entity({ schema: 'research', name: 'strategy' })
@Index('strategy_owner_idx', ['ownerId', 'id'])
@Index('strategy_lineage_idx', ['ownerId', 'lineageId'])
export class StrategyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'strategy_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('text') kind: 'pipeline' | 'substrategies' | 'universe';
  @Column('jsonb') universe: string[];
  /** Where the bars come from; null: the only stored source of the symbol. */
  @Column('text', { nullable: true }) source: string | null;
  @Column('text') timeframe: Timeframe;
  @Column('jsonb', { name: 'feature_ids' }) featureIds: string[];
  @Column('uuid', { name: 'model_id', nullable: true }) modelId: string | null;
  @Column('uuid', { name: 'signal_logic_id', nullable: true }) signalLogicId: string | null;
  @Column('jsonb', { name: 'pipeline_config' }) pipelineConfig: PipelineConfig;
  /** An imported Strategy JSON exactly as it was sent. */
  @Column('jsonb', { nullable: true }) document: StrategyDocument | null;
  /** Newest revision. */
  @Column('integer') revision: number;
  @Column('integer', { name: 'promoted_revision', nullable: true }) promotedRevision: number | null;
  /** Trials are counted per owner and lineage: clones and imports share their origin's. */
  @Column('uuid', { name: 'lineage_id' }) lineageId: string;
  @Column('uuid', { name: 'cloned_from', nullable: true }) clonedFrom: string | null;
  /** The optimistic lock: +1 on every write. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'archived_at', nullable: true }) archivedAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
