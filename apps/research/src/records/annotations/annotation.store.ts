import { insertNew } from '@assay/persistence';
import { updateVersioned } from '@assay/platform';
import { notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { beyond, directionOf, type PageRead } from '../list-page';
import { AnnotationEntity } from './annotation.entity';
import { SUBJECT_ROW, type SubjectKind } from './subjects';

export type AnnotationContent = Pick<AnnotationEntity, 'note' | 'tags'>;

export interface Subject {
  ownerId: string;
  kind: SubjectKind;
  subjectId: string;
}

/** Notes and tags; each question is scoped to the owner. */
@Injectable()
export class AnnotationStore {
  /** Keeps the subject until the transaction ends. @throws DomainError `not_found` for one that is not the owner's */
  async holdSubject(em: EntityManager, { ownerId, kind, subjectId }: Subject): Promise<void> {
    const rows: unknown[] = await em.query(SUBJECT_ROW[kind], [subjectId, ownerId]);
    if (rows.length === 0) throw notFound(kind, subjectId);
  }

  findOptional(em: EntityManager, subject: Subject): Promise<AnnotationEntity | null> {
    return em.findOne(AnnotationEntity, { where: { ...subject } });
  }

  async find(em: EntityManager, subject: Subject): Promise<AnnotationEntity> {
    const row = await this.findOptional(em, subject);
    if (!row) throw notFound('annotation', `${subject.kind} ${subject.subjectId}`);
    return row;
  }

  /** Null where the subject has one already. */
  async insert(em: EntityManager, subject: Subject, content: AnnotationContent): Promise<AnnotationEntity | null> {
    const now = new Date();
    const row: AnnotationEntity = { id: newId(), ...subject, ...content, version: 1, createdAt: now, updatedAt: now };
    return (await insertNew(em, AnnotationEntity, row)) ? row : null;
  }

  /** @throws DomainError 409 `stale_version` */
  update(
    em: EntityManager,
    { id, ownerId }: AnnotationEntity,
    expected: number,
    content: AnnotationContent,
  ): Promise<AnnotationEntity> {
    const patch = { ...content, updatedAt: new Date() };
    return updateVersioned(em, AnnotationEntity, { id, ownerId, kind: 'annotation' }, expected, patch);
  }

  async remove(em: EntityManager, { id, ownerId }: AnnotationEntity): Promise<void> {
    await em.delete(AnnotationEntity, { id, ownerId });
  }

  list(
    em: EntityManager,
    ownerId: string,
    { kind, tag, limit, cursor, order }: { kind?: SubjectKind; tag?: string } & PageRead,
  ): Promise<AnnotationEntity[]> {
    const asked = em.createQueryBuilder(AnnotationEntity, 'a').where('a.ownerId = :ownerId', { ownerId });
    if (kind !== undefined) asked.andWhere('a.kind = :kind', { kind });
    if (tag !== undefined) asked.andWhere(':tag = ANY(a.tags)', { tag });
    if (cursor !== undefined) asked.andWhere({ id: beyond(cursor, order) });
    return asked.orderBy('a.id', directionOf(order)).take(limit).getMany();
  }

  /** Tags of the subjects that have some, by id. */
  async tagsOf(
    em: EntityManager,
    ownerId: string,
    kind: SubjectKind,
    subjectIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await em.find(AnnotationEntity, {
      select: { id: true, subjectId: true, tags: true },
      where: { ownerId, kind, subjectId: In([...subjectIds]) },
    });
    return new Map(rows.map(({ subjectId, tags }) => [subjectId, tags]));
  }
}
