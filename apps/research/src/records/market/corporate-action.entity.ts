import type { ActionKind } from '@assay/market-data';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A split or dividend of a symbol as a source knows it; read and written by `ActionStore`. */
@Entity({ schema: 'market', name: 'corporate_action' })
@Unique('corporate_action_key', ['source', 'symbol', 'exDate', 'kind'])
export class CorporateActionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'corporate_action_pkey' }) id: string;
  @Column('text') source: string;
  @Column('text') symbol: string;
  /** First date on which the price is without it. */
  @Column('date', { name: 'ex_date' }) exDate: string;
  @Column('text') kind: ActionKind;
  /** New shares for an old one, or the amount per share. */
  @Column('double precision') value: number;
  /** When it became known. */
  @Column('timestamptz', { name: 'available_at', nullable: true }) availableAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
