import { refuse } from '@assay/domain';
import { insertNew } from '@assay/persistence';
import { notFound, updateVersioned } from '@assay/platform';
import { MoreThan, type EntityManager } from 'typeorm';
import { recipeHash } from '../../recipes/recipe-document';
import type { Recipe } from '../../recipes/recipe';
import { StrategyRevisionEntity } from './strategy-revision.entity';
import { StrategyEntity } from './strategy.entity';

export interface StrategyWithRevision {
  strategy: StrategyEntity;
  revision: StrategyRevisionEntity;
}

/** Rows of strategies and their revisions; every read is scoped to the owner. */
export async function findStrategy(em: EntityManager, ownerId: string, id: string): Promise<StrategyEntity> {
  const strategy = await em.findOne(StrategyEntity, { where: { id, ownerId } });
  if (!strategy) throw notFound('strategy', id);
  return strategy;
}

export async function findRevision(
  em: EntityManager,
  strategyId: string,
  revision: number,
): Promise<StrategyRevisionEntity> {
  const found = await em.findOne(StrategyRevisionEntity, { where: { strategyId, revision } });
  if (!found) throw notFound('strategy revision', `${strategyId} ${revision}`);
  return found;
}

/** The strategy with the given revision, by default the newest. */
export async function strategyAt(
  em: EntityManager,
  ownerId: string,
  id: string,
  revision?: number,
): Promise<StrategyWithRevision> {
  const strategy = await findStrategy(em, ownerId, id);
  return { strategy, revision: await findRevision(em, id, revision ?? strategy.revision) };
}

/** The same, holding the row until the transaction ends, so that a status is judged and written by one writer at a time. */
export async function lockStrategy(
  em: EntityManager,
  ownerId: string,
  id: string,
  revision?: number,
): Promise<StrategyWithRevision> {
  const strategy = await em.findOne(StrategyEntity, { where: { id, ownerId }, lock: { mode: 'pessimistic_write' } });
  if (!strategy) throw notFound('strategy', id);
  return { strategy, revision: await findRevision(em, id, revision ?? strategy.revision) };
}

export function listStrategies(
  em: EntityManager,
  ownerId: string,
  limit: number,
  cursor?: string,
): Promise<StrategyEntity[]> {
  const where = cursor ? { ownerId, id: MoreThan(cursor) } : { ownerId };
  return em.find(StrategyEntity, { where, order: { id: 'ASC' }, take: limit });
}

/** Strategies with their newest revisions, by one question. */
export async function withRevisions(
  em: EntityManager,
  rows: readonly StrategyEntity[],
): Promise<StrategyWithRevision[]> {
  if (rows.length === 0) return [];
  const newest = await em
    .createQueryBuilder(StrategyRevisionEntity, 'r')
    .where('(r.strategyId, r.revision) IN (SELECT * FROM unnest(:ids::uuid[], :revisions::int[]))', {
      ids: rows.map(({ id }) => id),
      revisions: rows.map(({ revision }) => revision),
    })
    .getMany();
  const byId = new Map(newest.map((revision) => [revision.strategyId, revision]));
  return rows.map((strategy) => ({ strategy, revision: byId.get(strategy.id)! }));
}

export function assertNotArchived(strategy: StrategyEntity): void {
  if (!strategy.archivedAt) return;
  throw refuse('archived_read_only', `strategy ${strategy.id} is archived and can only be read`, {
    status: 'archived',
  });
}

/** Null where the id is taken. */
export async function insertStrategy(
  em: EntityManager,
  strategy: StrategyEntity,
  recipe: Recipe,
): Promise<StrategyWithRevision | null> {
  if (!(await insertNew(em, StrategyEntity, strategy))) return null;
  return { strategy, revision: await addRevision(em, strategy, 1, recipe) };
}

/**
 * Writes the row under its version. A changed config hash makes a new draft revision; what was proven about older
 * revisions stays with them.
 */
export async function saveStrategy(
  em: EntityManager,
  { strategy, revision }: StrategyWithRevision,
  expected: number | undefined,
  patch: Partial<StrategyEntity>,
  recipe: Recipe,
): Promise<StrategyWithRevision> {
  const changed = recipeHash(recipe) !== revision.configHash;
  const next = changed ? strategy.revision + 1 : strategy.revision;
  const owned = { id: strategy.id, ownerId: strategy.ownerId, kind: 'strategy' };
  const saved = await updateVersioned(em, StrategyEntity, owned, expected, {
    ...patch,
    revision: next,
    updatedAt: new Date(),
  });
  return { strategy: saved, revision: changed ? await addRevision(em, saved, next, recipe) : revision };
}

async function addRevision(em: EntityManager, strategy: StrategyEntity, number: number, recipe: Recipe) {
  const revision = em.create(StrategyRevisionEntity, {
    strategyId: strategy.id,
    revision: number,
    ownerId: strategy.ownerId,
    configHash: recipeHash(recipe),
    recipe,
    status: 'draft',
    artifact: await newestArtifact(em, strategy, recipe),
    historyAnchor: null,
    gates: null,
    gateFacts: null,
    validatedUnder: [],
    gatesAt: null,
    createdAt: new Date(),
  });
  await em.insert(StrategyRevisionEntity, revision as never);
  return revision;
}

/** The newest fit of exactly this model content on this strategy's bars, if there is one. */
async function newestArtifact(em: EntityManager, strategy: StrategyEntity, recipe: Recipe) {
  if (!recipe.model || recipe.model.kind === 'rule.identity' || !recipe.model.pin) return null;
  const { id, hash } = recipe.model.pin;
  const [row] = (await em.query(
    `SELECT uri, sha256, train_end FROM research.model_artifact
     WHERE owner_id = $1 AND model_id = $2 AND model_hash = $3 AND symbol = $4 AND timeframe = $5 AND ($6::text IS NULL OR source = $6)
     ORDER BY created_at DESC LIMIT 1`,
    [strategy.ownerId, id, hash, recipe.universe[0], recipe.timeframe, strategy.source],
  )) as { uri: string; sha256: string; train_end: Date }[];
  return row ? { uri: row.uri, sha256: row.sha256, train_end: row.train_end.toISOString() } : null;
}
