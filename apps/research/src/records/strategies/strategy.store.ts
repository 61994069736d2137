import type { ArtifactRef, HistoryAnchor, PinnedRef } from '@assay/contracts';
import { insertNew, insertRow, updateRows } from '@assay/persistence';
import { updateVersioned } from '@assay/platform';
import { invalidField, notFound, refuse, searchWordsOf } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not, Raw, type EntityManager } from 'typeorm';
import { recipeHash } from '../../recipes/recipe-document';
import type { Recipe } from '../../recipes/recipe';
import { TAGGED_IDS } from '../annotations/selected-ids';
import { directionOf, hasEveryWord, type PageRead } from '../list-page';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { isOtherSource } from './bars-source';
import { StrategyRevisionEntity, type RevisionStatus } from './strategy-revision.entity';
import { StrategyEntity } from './strategy.entity';

export interface StrategyWithRevision {
  strategy: StrategyEntity;
  revision: StrategyRevisionEntity;
}

export const STRATEGY_STAGES = ['draft', 'backtested', 'validated', 'promoted', 'archived', 'open'] as const;

/** Which strategies of an owner a list shows. */
export interface StrategyFilter {
  /** The status that is shown, or `open`: any but archived. */
  status?: (typeof STRATEGY_STAGES)[number];
  tag?: string;
  /** Words that are all in the name or in a symbol. */
  q?: string;
}

/** What a revision is proven to be; its content never changes. */
export type RevisionProof = Pick<
  StrategyRevisionEntity,
  'status' | 'artifact' | 'historyAnchor' | 'gates' | 'gateFacts' | 'validatedUnder' | 'gatesAt'
>;

/** A revision with what it pins. */
export interface RevisionPins {
  revision: number;
  config_hash: string;
  status: RevisionStatus;
  created_at: Date;
  artifact: ArtifactRef | null;
  history_anchor: HistoryAnchor | null;
  model: PinnedRef | null;
  signal: PinnedRef | null;
  features: (PinnedRef | null)[];
}

export type LineageMember = Pick<StrategyEntity, 'id' | 'name' | 'clonedFrom' | 'createdAt'>;

/** Kinds of definitions that strategies use. */
export type StrategyPart = 'feature' | 'model' | 'signal logic';

/** Where the row of a cursor stands. */
const PLACE = 'SELECT place.created_at, place.id FROM research.strategy place WHERE place.id = :cursor';
const HAS_STATUS = `EXISTS (SELECT FROM research.strategy_revision newest
  WHERE newest.strategy_id = s.id AND newest.revision = s.revision AND newest.status = :status)`;
// a word has no space in it: none is found across two of what is joined
const NAMED = hasEveryWord(
  `concat_ws(' ', s.name, (SELECT string_agg(symbol, ' ') FROM jsonb_array_elements_text(s.universe) AS symbol))`,
  'words',
);

const PINS = `
  SELECT revision, config_hash, status, created_at, artifact, history_anchor,
    recipe #> '{model,pin}' AS model, recipe #> '{signal,pin}' AS signal,
    (SELECT coalesce(jsonb_agg(f -> 'pin'), '[]') FROM jsonb_array_elements(recipe -> 'features') f) AS features
  FROM research.strategy_revision WHERE strategy_id = $1 ORDER BY revision`;
const USES: Record<StrategyPart, string> = {
  feature: 'feature_ids ? $2',
  model: 'model_id = $2::uuid',
  'signal logic': 'signal_logic_id = $2::uuid',
};
const PINNED: Record<StrategyPart, string> = {
  feature: `recipe @> jsonb_build_object('features', jsonb_build_array(jsonb_build_object('pin', jsonb_build_object('id', $2::text))))`,
  model: `recipe #>> '{model,pin,id}' = $2::uuid::text`,
  'signal logic': `recipe #>> '{signal,pin,id}' = $2::uuid::text`,
};

/** Strategies and their revisions; every read that a caller names is scoped to the owner. */
@Injectable()
export class StrategyStore {
  constructor(private readonly artifacts: ModelArtifactStore) {}

  async find(em: EntityManager, ownerId: string, id: string): Promise<StrategyEntity> {
    const strategy = await em.findOne(StrategyEntity, { where: { id, ownerId } });
    if (!strategy) throw notFound('strategy', id);
    return strategy;
  }

  /** Whoever's it is. */
  exists(em: EntityManager, id: string): Promise<boolean> {
    return em.existsBy(StrategyEntity, { id });
  }

  /** The source of bars that the owner's strategy states; null where it states none, or is not there. */
  async statedSource(em: EntityManager, ownerId: string, id: string): Promise<string | null> {
    const strategy = await em.findOne(StrategyEntity, { select: { id: true, source: true }, where: { id, ownerId } });
    return strategy?.source ?? null;
  }

  async findRevision(em: EntityManager, strategyId: string, revision: number): Promise<StrategyRevisionEntity> {
    const found = await em.findOne(StrategyRevisionEntity, { where: { strategyId, revision } });
    if (!found) throw notFound('strategy revision', `${strategyId} ${revision}`);
    return found;
  }

  /** The strategy with the given revision, by default the newest. */
  async at(em: EntityManager, ownerId: string, id: string, revision?: number): Promise<StrategyWithRevision> {
    const strategy = await this.find(em, ownerId, id);
    return { strategy, revision: await this.findRevision(em, id, revision ?? strategy.revision) };
  }

  /** The same, holding the row until the transaction ends, so that a status is judged and written by one writer at a time. */
  async lock(em: EntityManager, ownerId: string, id: string, revision?: number): Promise<StrategyWithRevision> {
    const strategy = await em.findOne(StrategyEntity, { where: { id, ownerId }, lock: { mode: 'pessimistic_write' } });
    if (!strategy) throw notFound('strategy', id);
    return { strategy, revision: await this.findRevision(em, id, revision ?? strategy.revision) };
  }

  /**
   * In the order that they were made in here: an imported strategy keeps the id of its document, which may be older.
   * @throws DomainError 422 for a cursor that no page has given
   */
  async list(
    em: EntityManager,
    ownerId: string,
    { limit, cursor, order, status, tag, q }: StrategyFilter & PageRead,
  ): Promise<StrategyEntity[]> {
    const asked = em.createQueryBuilder(StrategyEntity, 's').where('s.ownerId = :ownerId', { ownerId });
    if (cursor !== undefined) {
      if (!(await em.existsBy(StrategyEntity, { id: cursor, ownerId }))) throw unknownCursor(cursor);
      asked.andWhere(`(s.createdAt, s.id) ${order === 'newest' ? '<' : '>'} (${PLACE})`, { cursor });
    }
    if (status !== undefined) asked.andWhere(`s.archivedAt IS ${status === 'archived' ? 'NOT NULL' : 'NULL'}`);
    if (status !== undefined && status !== 'archived' && status !== 'open') asked.andWhere(HAS_STATUS, { status });
    if (tag !== undefined) {
      asked.andWhere(`s.id IN (${TAGGED_IDS})`, { taggedOwner: ownerId, taggedKind: 'strategy', taggedBy: tag });
    }
    if (q !== undefined) asked.andWhere(NAMED, { words: searchWordsOf(q) });
    const direction = directionOf(order);
    return asked.orderBy('s.createdAt', direction).addOrderBy('s.id', direction).take(limit).getMany();
  }

  /** Strategies with their newest revisions, by one question. */
  async withRevisions(em: EntityManager, rows: readonly StrategyEntity[]): Promise<StrategyWithRevision[]> {
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

  /** Oldest first. */
  revisionsOf(em: EntityManager, strategyId: string, limit: number, after: number): Promise<StrategyRevisionEntity[]> {
    return em.find(StrategyRevisionEntity, {
      where: { strategyId, revision: MoreThan(after) },
      order: { revision: 'ASC' },
      take: limit,
    });
  }

  /** The owner's strategies that come from one origin, oldest first. */
  lineageOf(em: EntityManager, ownerId: string, lineageId: string): Promise<LineageMember[]> {
    return em.find(StrategyEntity, {
      select: { id: true, name: true, clonedFrom: true, createdAt: true },
      where: { ownerId, lineageId },
      order: { id: 'ASC' },
    });
  }

  /** Id of the first strategy of a lineage that has a promoted revision; null where none has. */
  async promotedOf(em: EntityManager, ownerId: string, lineageId: string): Promise<string | null> {
    const where = { ownerId, lineageId, promotedRevision: Not(IsNull()) };
    return (await em.findOne(StrategyEntity, { select: { id: true }, where, order: { id: 'ASC' } }))?.id ?? null;
  }

  pinsOf(em: EntityManager, strategyId: string): Promise<RevisionPins[]> {
    return em.query(PINS, [strategyId]);
  }

  /** Ids of the owner's strategies that use a definition now. */
  usersOf(em: EntityManager, ownerId: string, part: StrategyPart, id: string): Promise<string[]> {
    return idsOf(em, `SELECT id FROM research.strategy WHERE owner_id = $1 AND ${USES[part]}`, [ownerId, id]);
  }

  /** Ids of the owner's strategies with a revision that pins a definition. */
  pinnersOf(em: EntityManager, ownerId: string, part: StrategyPart, id: string): Promise<string[]> {
    const sql = `SELECT strategy_id AS id FROM research.strategy_revision WHERE owner_id = $1 AND ${PINNED[part]}`;
    return idsOf(em, sql, [ownerId, id]);
  }

  /** Ids of the strategies with a revision whose gates were judged on a backtest. */
  async judgedOnBacktest(em: EntityManager, backtestId: string): Promise<string[]> {
    const gateFacts = Raw((column) => `${column} ->> 'backtest_id' = :backtestId`, { backtestId });
    const rows = await em.find(StrategyRevisionEntity, {
      select: { strategyId: true, revision: true },
      where: { gateFacts },
    });
    return rows.map(({ strategyId }) => strategyId);
  }

  /** Null where the id is taken. */
  async insert(em: EntityManager, strategy: StrategyEntity, recipe: Recipe): Promise<StrategyWithRevision | null> {
    if (!(await this.insertRow(em, strategy))) return null;
    return { strategy, revision: await this.addRevision(em, strategy, 1, recipe) };
  }

  /**
   * Writes the row under its version. A changed config hash or another source of the bars makes a new draft revision; what was
   * proven about older revisions stays with them.
   */
  async save(
    em: EntityManager,
    { strategy, revision }: StrategyWithRevision,
    expected: number | undefined,
    patch: Partial<StrategyEntity>,
    recipe: Recipe,
  ): Promise<StrategyWithRevision> {
    const source = patch.source === undefined ? strategy.source : patch.source;
    const changed = recipeHash(recipe) !== revision.configHash || isOtherSource(revision, source);
    const next = changed ? strategy.revision + 1 : strategy.revision;
    const saved = await this.change(em, strategy, expected, { ...patch, revision: next });
    return { strategy: saved, revision: changed ? await this.addRevision(em, saved, next, recipe) : revision };
  }

  /** Which revision is promoted, written under the version of the row. */
  savePromoted(
    em: EntityManager,
    strategy: StrategyEntity,
    expected: number | undefined,
    promotedRevision: number | null,
  ): Promise<StrategyEntity> {
    return this.change(em, strategy, expected, { promotedRevision });
  }

  async saveProof(
    em: EntityManager,
    strategyId: string,
    revision: number,
    proof: Partial<RevisionProof>,
  ): Promise<void> {
    await updateRows(em, StrategyRevisionEntity, { strategyId, revision }, proof);
  }

  protected change(
    em: EntityManager,
    { id, ownerId }: StrategyEntity,
    expected: number | undefined,
    patch: Partial<StrategyEntity>,
  ): Promise<StrategyEntity> {
    const owned = { id, ownerId, kind: 'strategy' };
    return updateVersioned(em, StrategyEntity, owned, expected, { ...patch, updatedAt: new Date() });
  }

  private async addRevision(
    em: EntityManager,
    strategy: StrategyEntity,
    number: number,
    recipe: Recipe,
  ): Promise<StrategyRevisionEntity> {
    const revision: StrategyRevisionEntity = {
      strategyId: strategy.id,
      revision: number,
      ownerId: strategy.ownerId,
      configHash: recipeHash(recipe),
      recipe,
      source: strategy.source,
      status: 'draft',
      artifact: await this.newestArtifact(em, strategy, recipe),
      historyAnchor: null,
      gates: null,
      gateFacts: null,
      validatedUnder: [],
      gatesAt: null,
      createdAt: new Date(),
    };
    await this.insertRevision(em, revision);
    return revision;
  }

  protected newestArtifact(em: EntityManager, strategy: StrategyEntity, recipe: Recipe): Promise<ArtifactRef | null> {
    return this.artifacts.newestFor(em, strategy, recipe);
  }

  /** False where the id is taken. */
  protected insertRow(em: EntityManager, strategy: StrategyEntity): Promise<boolean> {
    return insertNew(em, StrategyEntity, strategy);
  }

  protected async insertRevision(em: EntityManager, revision: StrategyRevisionEntity): Promise<void> {
    await insertRow(em, StrategyRevisionEntity, revision);
  }
}

async function idsOf(em: EntityManager, sql: string, params: unknown[]): Promise<string[]> {
  const rows: { id: string }[] = await em.query(sql, params);
  return rows.map(({ id }) => id);
}

export function assertNotArchived(strategy: StrategyEntity): void {
  if (!strategy.archivedAt) return;
  throw refuse('archived_read_only', `strategy ${strategy.id} is archived and can only be read`, {
    status: 'archived',
  });
}

export const unknownCursor = (cursor: string): Error =>
  invalidField('cursor', 'cursor', cursor, `cursor must be the next_cursor of the page before, was ${cursor}`);
