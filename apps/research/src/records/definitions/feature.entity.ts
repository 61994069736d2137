import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A feature definition: one plugin of the registry with its parameters. Rules and models refer to it by name. */
@Entity({ schema: 'research', name: 'feature' })
@Index('feature_owner_idx', ['ownerId', 'id'])
export class FeatureEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'feature_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text') name: string;
  @Column('text') plugin: string;
  @Column('jsonb') params: Record<string, number | string>;
  /** Newest revision of the content. */
  @Column('integer') revision: number;
  @Column('text') hash: string;
  /** The optimistic lock: +1 on every write. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
