import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** How many trials of a lineage were made elsewhere, as its owner declared them. Rows are only ever added; the largest number holds. */
@Entity({ schema: 'research', name: 'outside_trials' })
@Unique('outside_trials_number_key', ['ownerId', 'lineageId', 'trials'])
export class OutsideTrialsEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outside_trials_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('uuid', { name: 'lineage_id' }) lineageId: string;
  /** The strategy that it was declared for. */
  @Column('uuid', { name: 'strategy_id' }) strategyId: string;
  /** In all, those declared before among them. */
  @Column('integer') trials: number;
  @Column('text') reason: string;
  @Column('uuid', { name: 'declared_by' }) declaredBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
