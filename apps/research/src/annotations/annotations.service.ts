import { Transactions } from '@assay/persistence';
import { assertStated } from '@assay/platform';
import { type FieldProblem, invalid, invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOf, type Page } from '../listing/page';
import { TAG } from '../listing/tag.request';
import type { AnnotationEntity } from '../records/annotations/annotation.entity';
import { AnnotationStore, type AnnotationContent, type Subject } from '../records/annotations/annotation.store';
import { SUBJECT_KINDS, type SubjectKind } from '../records/annotations/subjects';
import type { AnnotateDto, AnnotationListQuery } from './annotation.request';
import type { AnnotationDto } from './annotation.response';

/** Notes and tags of whatever its owner has. They judge nothing: no hash, no gate and no trial sees them. */
@Injectable()
export class AnnotationsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly store: AnnotationStore,
  ) {}

  list(ownerId: string, query: AnnotationListQuery): Promise<Page<AnnotationDto>> {
    return pageOf(
      query,
      (limit, cursor) => this.store.list(this.db.manager, ownerId, { ...query, limit, cursor }),
      (rows) => rows.map(annotationView),
    );
  }

  async get(ownerId: string, kind: string, subjectId: string): Promise<AnnotationDto> {
    return annotationView(await this.store.find(this.db.manager, subjectOf(ownerId, kind, subjectId)));
  }

  /**
   * Writes note and tags as a whole; what is not given is empty.
   * @throws DomainError `not_found` for a subject that is not the owner's; where it has an annotation 428 without a version, 409 `stale_version`
   */
  put(
    ownerId: string,
    kind: string,
    subjectId: string,
    stated: number | undefined,
    body: AnnotateDto,
  ): Promise<AnnotationDto> {
    const subject = subjectOf(ownerId, kind, subjectId);
    const content = contentOf(body);
    return this.tx.run(async (em) => {
      await this.store.holdSubject(em, subject);
      if (stated === undefined) {
        const made = await this.store.insert(em, subject, content);
        if (made) return annotationView(made);
        assertStated(stated);
      }
      const row = await this.store.find(em, subject);
      return annotationView(await this.store.update(em, row, stated, content));
    });
  }

  remove(ownerId: string, kind: string, subjectId: string): Promise<void> {
    const subject = subjectOf(ownerId, kind, subjectId);
    return this.tx.run(async (em) => this.store.remove(em, await this.store.find(em, subject)));
  }

  /** What is answered with the tags that its owner gave it, by one question for all. */
  async tagged<T extends { id: string }>(
    kind: SubjectKind,
    ownerId: string,
    items: readonly T[],
  ): Promise<(T & { tags: string[] })[]> {
    const ids = items.map(({ id }) => id);
    const tags = await this.store.tagsOf(this.db.manager, ownerId, kind, ids);
    return items.map((item) => ({ ...item, tags: tags.get(item.id) ?? [] }));
  }

  async taggedPage<T extends { id: string }>(kind: SubjectKind, ownerId: string, page: Page<T>): Promise<Page<T>> {
    return { ...page, items: await this.tagged(kind, ownerId, page.items) };
  }

  async taggedOne<T extends { id: string }>(kind: SubjectKind, ownerId: string, item: T): Promise<T> {
    return (await this.tagged(kind, ownerId, [item]))[0]!;
  }
}

function subjectOf(ownerId: string, kind: string, subjectId: string): Subject {
  const known = SUBJECT_KINDS.find((one) => one === kind);
  if (known) return { ownerId, kind: known, subjectId };
  throw invalidField('kind', 'enum', kind, `kind must be one of ${SUBJECT_KINDS.join(', ')}, was ${kind}`);
}

function contentOf({ note, tags = [] }: AnnotateDto): AnnotationContent {
  const problems = tags.flatMap((tag, i): FieldProblem[] => {
    if (tag.length <= TAG.max && TAG.pattern.test(tag)) return [];
    const field = `tags[${i}]`;
    const message = `${field} must ${TAG.form}, at most ${TAG.max} in all, was ${JSON.stringify(tag)}`;
    return [{ field, rule: 'pattern', value: tag, message }];
  });
  if (problems.length > 0) throw invalid(problems);
  if (!note && tags.length === 0) {
    throw invalidField('note', 'required', note ?? null, 'note or tags must be given; DELETE takes an annotation away');
  }
  return { note: note || null, tags: [...new Set(tags)].sort() };
}

const annotationView = (a: AnnotationEntity): AnnotationDto => ({
  kind: a.kind,
  subject_id: a.subjectId,
  note: a.note,
  tags: a.tags,
  version: a.version,
  created_at: a.createdAt.toISOString(),
  updated_at: a.updatedAt.toISOString(),
});
