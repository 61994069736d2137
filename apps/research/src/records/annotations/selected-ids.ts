import { And, Raw, type FindOperator } from 'typeorm';
import { beyond, type ListOrder } from '../list-page';
import type { SubjectKind } from './subjects';

/** Ids of an owner's subjects with a tag, by parameters of these names. */
export const TAGGED_IDS = `SELECT subject_id FROM research.annotation
  WHERE owner_id = :taggedOwner AND kind = :taggedKind AND :taggedBy = ANY(tags)`;

/** Which ids a page of an owner's list has: those beyond the cursor, of subjects with the tag. Empty where all are asked for. */
export function selectedIds(
  { cursor, order, tag }: { cursor?: string; order?: ListOrder; tag?: string },
  of: { ownerId: string; kind: SubjectKind },
): { id?: FindOperator<string> } {
  const asked = [...(cursor ? [beyond(cursor, order)] : []), ...(tag === undefined ? [] : [withTag(tag, of)])];
  return asked.length === 0 ? {} : { id: And(...asked) };
}

const withTag = (tag: string, { ownerId, kind }: { ownerId: string; kind: SubjectKind }): FindOperator<string> =>
  Raw((column) => `${column} IN (${TAGGED_IDS})`, { taggedOwner: ownerId, taggedKind: kind, taggedBy: tag });
