import type { ModelTraining, ParameterValues } from '@assay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ModelLabel, ModelRefit } from '../../recipes/model-content';

/** A model specification. The built-in one without a plan has no owner and is everyone's. */
@Entity({ schema: 'research', name: 'model' })
@Index('model_owner_idx', ['ownerId', 'id'])
export class ModelEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'model_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId: string | null;
  @Column('text') name: string;
  @Column('text') kind: string;
  @Column('jsonb', { name: 'feature_ids' }) featureIds: string[];
  @Column('jsonb', { nullable: true }) label: ModelLabel | null;
  @Column('jsonb', { nullable: true }) params: ParameterValues | null;
  @Column('integer', { nullable: true }) seed: number | null;
  @Column('jsonb', { nullable: true }) refit: ModelRefit | null;
  @Column('jsonb', { nullable: true }) training: ModelTraining | null;
  /** Newest fitted model. */
  @Column('uuid', { name: 'artifact_id', nullable: true }) artifactId: string | null;
  /** Newest revision of the content. */
  @Column('integer') revision: number;
  @Column('text') hash: string;
  /** The optimistic lock: +1 on every write. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
