import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ModelEntity } from './model.entity';
import type { ModelContent } from '../../recipes/model-content';

/** Immutable content of a model specification. */
@Entity({ schema: 'research', name: 'model_revision' })
export class ModelRevisionEntity {
  @ForeignKey(() => ModelEntity, 'id', { name: 'model_revision_parent_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'model_revision_pkey' })
  id: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'model_revision_pkey' }) revision: number;
  @Column('text') hash: string;
  @Column('jsonb') content: ModelContent;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
