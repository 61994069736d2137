import { refuse } from '@assay/domain';
import type { EntityManager } from 'typeorm';

export interface Reference {
  kind: 'strategy' | 'model';
  id: string;
}

const OF_FEATURE = `
  SELECT 'strategy' AS kind, id::text AS id FROM research.strategy WHERE owner_id = $1 AND feature_ids ? $2
  UNION ALL SELECT 'model', id::text FROM research.model WHERE owner_id = $1 AND feature_ids ? $2
  UNION ALL SELECT 'strategy', r.strategy_id::text FROM research.strategy_revision r
    WHERE r.owner_id = $1 AND r.recipe @> jsonb_build_object('features', jsonb_build_array(jsonb_build_object('pin', jsonb_build_object('id', $2::text))))`;
const OF_PART = (column: string, part: string): string => `
  SELECT 'strategy' AS kind, id::text AS id FROM research.strategy WHERE owner_id = $1 AND ${column} = $2::uuid
  UNION ALL SELECT 'strategy', r.strategy_id::text FROM research.strategy_revision r
    WHERE r.owner_id = $1 AND r.recipe #>> '{${part},pin,id}' = $2::uuid::text`;

const QUERIES = {
  feature: OF_FEATURE,
  model: OF_PART('model_id', 'model'),
  'signal logic': OF_PART('signal_logic_id', 'signal'),
} as const;

/**
 * Refuses to delete what a strategy uses now or in any of its revisions (they stay readable), or what a model reads.
 * @throws DomainError `referenced` that lists who refers to it.
 */
export async function assertUnreferenced(
  em: EntityManager,
  kind: keyof typeof QUERIES,
  ownerId: string,
  id: string,
): Promise<void> {
  const found: Reference[] = await em.query(QUERIES[kind], [ownerId, id]);
  if (found.length === 0) return;
  const distinct = [...new Map(found.map((ref) => [ref.id, ref])).values()];
  const names = distinct.map((ref) => `${ref.kind} ${ref.id}`).join(', ');
  throw refuse('referenced', `${kind} ${id} is used by ${names}`, { id, referenced_by: distinct });
}
