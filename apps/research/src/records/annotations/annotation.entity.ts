import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SubjectKind } from './subjects';

/** Note and tags of one subject; deleted with it by a trigger. */
@Entity({ schema: 'research', name: 'annotation' })
@Unique('annotation_subject_key', ['ownerId', 'kind', 'subjectId'])
@Index('annotation_of_idx', ['kind', 'subjectId'])
export class AnnotationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'annotation_pkey' }) id: string;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('text') kind: SubjectKind;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { nullable: true }) note: string | null;
  /** Sorted, each once. */
  @Column('text', { array: true }) tags: string[];
  /** The optimistic lock: +1 on every write. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
