import type { PolicyName } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { StrategyEntity } from '../strategies/strategy.entity';

/** Who promoted, demoted or archived what, when and on which evidence. */
@Entity({ schema: 'research', name: 'promotion_history' })
@Index('promotion_history_strategy_idx', ['strategyId', 'at'])
export class PromotionHistoryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'promotion_history_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => StrategyEntity, 'id', { name: 'promotion_history_strategy_fkey' })
  @Column('uuid', { name: 'strategy_id' })
  strategyId: string;
  @Column('integer') revision: number;
  @Column('text') action: 'promoted' | 'demoted' | 'archived';
  @Column('text', { nullable: true }) policy: PolicyName | null;
  @Column('uuid', { name: 'actor_id' }) actorId: string;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('uuid', { name: 'evidence_id', nullable: true }) evidenceId: string | null;
  @Column('text', { name: 'evidence_sha256', nullable: true }) evidenceSha256: string | null;
  @Column('timestamptz') at: Date;
}
