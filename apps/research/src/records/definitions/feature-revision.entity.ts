import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FeatureEntity } from './feature.entity';
import type { FeatureContent } from '../../recipes/feature-content';

/** Immutable content of a feature definition. */
@Entity({ schema: 'research', name: 'feature_revision' })
export class FeatureRevisionEntity {
  @ForeignKey(() => FeatureEntity, 'id', { name: 'feature_revision_parent_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'feature_revision_pkey' })
  id: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'feature_revision_pkey' }) revision: number;
  @Column('text') hash: string;
  @Column('jsonb') content: FeatureContent;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
