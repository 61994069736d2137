import { And, MoreThan, Raw, type FindOperator } from 'typeorm';
import type { SubjectKind } from './subjects';

/** Which ids a page of an owner's list has: those after the cursor, of subjects with the tag. Empty where all are asked for. */
export function selectedIds(
  cursor: string | undefined,
  tag: string | undefined,
  of: { ownerId: string; kind: SubjectKind },
): { id?: FindOperator<string> } {
  const asked = [...(cursor ? [MoreThan(cursor)] : []), ...(tag === undefined ? [] : [withTag(tag, of)])];
  return asked.length === 0 ? {} : { id: And(...asked) };
}

const withTag = (tag: string, { ownerId, kind }: { ownerId: string; kind: SubjectKind }): FindOperator<string> =>
  Raw(
    (column) =>
      `${column} IN (SELECT subject_id FROM research.annotation
        WHERE owner_id = :taggedOwner AND kind = :taggedKind AND :taggedBy = ANY(tags))`,
    { taggedOwner: ownerId, taggedKind: kind, taggedBy: tag },
  );
