import type { ArtifactRef, HistoryAnchor, PolicyName, PolicyVerdict } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { GateFacts } from './gate-facts';
import type { Recipe } from '../../recipes/recipe';
import { StrategyEntity } from './strategy.entity';

export type RevisionStatus = 'draft' | 'backtested' | 'validated' | 'promoted';

/** Immutable content of a strategy with everything it pins, and what has been proven about it. */
@Entity({ schema: 'research', name: 'strategy_revision' })
@Index('strategy_revision_hash_idx', ['configHash'])
export class StrategyRevisionEntity {
  @ForeignKey(() => StrategyEntity, 'id', { name: 'strategy_revision_strategy_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'strategy_id', primaryKeyConstraintName: 'strategy_revision_pkey' })
  strategyId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'strategy_revision_pkey' }) revision: number;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text', { name: 'config_hash' }) configHash: string;
  @Column('jsonb') recipe: Recipe;
  /** That the strategy stated for the bars: no part of the recipe, and as little to be changed. Null: none. */
  @Column('text', { nullable: true }) source: string | null;
  @Column('text') status: RevisionStatus;
  /** The fitted model that this revision would trade. */
  @Column('jsonb', { nullable: true }) artifact: ArtifactRef | null;
  @Column('jsonb', { name: 'history_anchor', nullable: true }) historyAnchor: HistoryAnchor | null;
  @Column('jsonb', { nullable: true }) gates: Partial<Record<PolicyName, PolicyVerdict>> | null;
  @Column('jsonb', { name: 'validated_under' }) validatedUnder: PolicyName[];
  /** The runs and numbers that `gates` were judged on. */
  @Column('jsonb', { name: 'gate_facts', nullable: true }) gateFacts: GateFacts | null;
  @Column('timestamptz', { name: 'gates_at', nullable: true }) gatesAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
