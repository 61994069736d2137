import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { SignalLogicEntity } from './signal-logic.entity';
import type { SignalContent } from '../../recipes/signal-content';

/** Immutable content of a signal logic. */
@Entity({ schema: 'research', name: 'signal_logic_revision' })
export class SignalLogicRevisionEntity {
  @ForeignKey(() => SignalLogicEntity, 'id', { name: 'signal_logic_revision_parent_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'signal_logic_revision_pkey' })
  id: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'signal_logic_revision_pkey' }) revision: number;
  @Column('text') hash: string;
  @Column('jsonb') content: SignalContent;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
