import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { FeatureEntity } from '../definitions/feature.entity';

/** A generated feature column, addressed by the hash of everything it was computed from. */
@Entity({ schema: 'research', name: 'dataset' })
@Unique('dataset_owner_hash_key', ['ownerId', 'hash'])
@Index('dataset_feature_idx', ['featureId', 'createdAt'])
export class DatasetEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'dataset_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => FeatureEntity, 'id', { name: 'dataset_feature_fkey' })
  @Column('uuid', { name: 'feature_id' })
  featureId: string;
  @Column('integer', { name: 'feature_revision' }) featureRevision: number;
  @Column('text') hash: string;
  @Column('text') source: string;
  @Column('text') symbol: string;
  @Column('text') timeframe: string;
  @Column('timestamptz', { name: 'start_at' }) startAt: Date;
  @Column('timestamptz', { name: 'end_at' }) endAt: Date;
  @Column('integer') rows: number;
  @Column('text') uri: string;
  /** SHA-256 of every source that was read, by role. */
  @Column('jsonb') fingerprints: Record<string, string>;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
