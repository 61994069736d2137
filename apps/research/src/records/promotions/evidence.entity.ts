import type { PolicyName, PromotionEvidence } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { StrategyEntity } from '../strategies/strategy.entity';

/** What a promotion rested on; never changed afterwards. */
@Entity({ schema: 'research', name: 'evidence' })
@Index('evidence_strategy_idx', ['strategyId', 'revision'])
export class EvidenceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'evidence_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => StrategyEntity, 'id', { name: 'evidence_strategy_fkey' })
  @Column('uuid', { name: 'strategy_id' })
  strategyId: string;
  @Column('integer') revision: number;
  @Column('text') policy: PolicyName;
  @Column('jsonb') document: PromotionEvidence;
  /** Numbers behind the verdicts, the history anchor, acknowledged data warnings and seeds. */
  @Column('jsonb') facts: Record<string, unknown>;
  /** SHA-256 of the canonical document and facts. */
  @Column('text') sha256: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
