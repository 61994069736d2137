import type { OutputMode, PositionMode, RuleTree } from '@assay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rule tree with the meaning of its output. */
@Entity({ schema: 'research', name: 'signal_logic' })
@Index('signal_logic_owner_idx', ['ownerId', 'id'])
export class SignalLogicEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'signal_logic_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text') name: string;
  @Column('jsonb', { name: 'rule_tree' }) ruleTree: RuleTree;
  @Column('text', { name: 'output_mode' }) outputMode: OutputMode;
  @Column('text', { name: 'position_mode' }) positionMode: PositionMode;
  /** Newest revision of the content. */
  @Column('integer') revision: number;
  @Column('text') hash: string;
  /** The optimistic lock: +1 on every write. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
