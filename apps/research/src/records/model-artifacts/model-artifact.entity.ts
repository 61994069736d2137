import type { ModelFold } from '@assay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ModelEntity } from '../definitions/model.entity';

/** A fitted model: content-addressed bytes, and what they were fitted on. */
@Entity({ schema: 'research', name: 'model_artifact' })
@Index('model_artifact_model_idx', ['modelId', 'createdAt'])
export class ModelArtifactEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'model_artifact_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @ForeignKey(() => ModelEntity, 'id', { name: 'model_artifact_model_fkey' })
  @Column('uuid', { name: 'model_id' })
  modelId: string;
  @Column('integer', { name: 'model_revision' }) modelRevision: number;
  @Column('text', { name: 'model_hash' }) modelHash: string;
  @Column('text') source: string;
  @Column('text') symbol: string;
  @Column('text') timeframe: string;
  @Column('text', { name: 'data_fingerprint' }) dataFingerprint: string;
  @Column('timestamptz', { name: 'train_start' }) trainStart: Date;
  /** Open time of the last bar whose label the fit has seen. */
  @Column('timestamptz', { name: 'train_end' }) trainEnd: Date;
  @Column('text') uri: string;
  @Column('text') sha256: string;
  @Column('jsonb') metrics: Record<string, number | null>;
  /** Read on its own: of many inputs it is long. */
  @Column('jsonb', { nullable: true, select: false }) folds?: ModelFold[] | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
