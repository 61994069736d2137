import type { ArtifactRef } from '@assay/contracts';
import { assertVersion } from '@assay/platform';
import { notFound } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { Recipe } from '../../src/recipes/recipe';
import { ModelArtifactStore } from '../../src/records/model-artifacts/model-artifact.store';
import type { StrategyRevisionEntity } from '../../src/records/strategies/strategy-revision.entity';
import type { StrategyEntity } from '../../src/records/strategies/strategy.entity';
import {
  StrategyStore,
  unknownCursor,
  type LineageMember,
  type RevisionPins,
  type RevisionProof,
  type StrategyFilter,
  type StrategyPart,
  type StrategyWithRevision,
} from '../../src/records/strategies/strategy.store';
import type { PageRead } from '../../src/records/list-page';
import { assertUnfiltered, copy, pageOfSorted } from './no-connection';

/** Strategies without a database; `contracts/strategy-store.contract.ts` holds for it as for the real one. */
export class StrategiesInMemory extends StrategyStore {
  private readonly rows = new Map<string, StrategyEntity>();
  private readonly revisions: StrategyRevisionEntity[] = [];
  /** That a new revision begins with. */
  artifact: ArtifactRef | null = null;

  constructor() {
    super(new ModelArtifactStore());
  }

  override find(_: EntityManager, ownerId: string, id: string): Promise<StrategyEntity> {
    const row = this.rows.get(id);
    return row?.ownerId === ownerId ? Promise.resolve(copy(row)) : Promise.reject(notFound('strategy', id));
  }

  override exists(_: EntityManager, id: string): Promise<boolean> {
    return Promise.resolve(this.rows.has(id));
  }

  override statedSource(_: EntityManager, ownerId: string, id: string): Promise<string | null> {
    const row = this.rows.get(id);
    return Promise.resolve(row?.ownerId === ownerId ? row.source : null);
  }

  override findRevision(_: EntityManager, strategyId: string, revision: number): Promise<StrategyRevisionEntity> {
    const found = this.revisionAt(strategyId, revision);
    return found
      ? Promise.resolve(copy(found))
      : Promise.reject(notFound('strategy revision', `${strategyId} ${revision}`));
  }

  override lock(em: EntityManager, ownerId: string, id: string, revision?: number): Promise<StrategyWithRevision> {
    return this.at(em, ownerId, id, revision);
  }

  override list(
    _: EntityManager,
    ownerId: string,
    { tag, q, status, ...page }: StrategyFilter & PageRead,
  ): Promise<StrategyEntity[]> {
    assertUnfiltered({ tag, q, status });
    const own = [...this.rows.values()].filter((row) => row.ownerId === ownerId);
    if (page.cursor !== undefined && !own.some(({ id }) => id === page.cursor))
      return Promise.reject(unknownCursor(page.cursor));
    const madeAt = ({ createdAt, id }: StrategyEntity): string => `${createdAt.toISOString()} ${id}`;
    const oldestFirst = own.sort((a, b) => (madeAt(a) < madeAt(b) ? -1 : 1));
    return Promise.resolve(copy(pageOfSorted(oldestFirst, page)));
  }

  override withRevisions(_: EntityManager, rows: readonly StrategyEntity[]): Promise<StrategyWithRevision[]> {
    return Promise.resolve(
      rows.map((strategy) => ({ strategy, revision: copy(this.revisionAt(strategy.id, strategy.revision)!) })),
    );
  }

  override revisionsOf(
    _: EntityManager,
    strategyId: string,
    limit: number,
    after: number,
  ): Promise<StrategyRevisionEntity[]> {
    const own = this.revisions.filter((row) => row.strategyId === strategyId && row.revision > after);
    return Promise.resolve(copy(own.slice(0, limit)));
  }

  override lineageOf(_: EntityManager, ownerId: string, lineageId: string): Promise<LineageMember[]> {
    const own = [...this.rows.values()].filter((row) => row.ownerId === ownerId && row.lineageId === lineageId);
    const members = own.map(({ id, name, clonedFrom, createdAt }) => ({ id, name, clonedFrom, createdAt }));
    return Promise.resolve(copy(members.sort((a, b) => (a.id < b.id ? -1 : 1))));
  }

  override pinsOf(_: EntityManager, strategyId: string): Promise<RevisionPins[]> {
    const own = this.revisions.filter((row) => row.strategyId === strategyId);
    return Promise.resolve(
      own.map(({ recipe, ...row }) =>
        copy({
          revision: row.revision,
          config_hash: row.configHash,
          status: row.status,
          created_at: row.createdAt,
          artifact: row.artifact,
          history_anchor: row.historyAnchor,
          model: recipe.model?.pin ?? null,
          signal: recipe.signal?.pin ?? null,
          features: recipe.features.map(({ pin }) => pin),
        }),
      ),
    );
  }

  override usersOf(_: EntityManager, ownerId: string, part: StrategyPart, id: string): Promise<string[]> {
    const uses = (row: StrategyEntity): boolean =>
      part === 'feature' ? row.featureIds.includes(id) : (part === 'model' ? row.modelId : row.signalLogicId) === id;
    const users = [...this.rows.values()].filter((row) => row.ownerId === ownerId && uses(row));
    return Promise.resolve(users.map((row) => row.id));
  }

  override pinnersOf(_: EntityManager, ownerId: string, part: StrategyPart, id: string): Promise<string[]> {
    const pinsIn = ({ features, model, signal }: Recipe) =>
      part === 'feature' ? features.map(({ pin }) => pin) : [part === 'model' ? model?.pin : signal?.pin];
    const pinners = this.revisions.filter(
      (row) => row.ownerId === ownerId && pinsIn(row.recipe).some((pin) => pin?.id === id),
    );
    return Promise.resolve(pinners.map(({ strategyId }) => strategyId));
  }

  override judgedOnBacktest(_: EntityManager, backtestId: string): Promise<string[]> {
    const judged = this.revisions.filter(({ gateFacts }) => gateFacts?.backtest_id === backtestId);
    return Promise.resolve(judged.map(({ strategyId }) => strategyId));
  }

  override saveProof(_: EntityManager, id: string, revision: number, proof: Partial<RevisionProof>): Promise<void> {
    Object.assign(this.revisionAt(id, revision) ?? {}, copy(proof));
    return Promise.resolve();
  }

  protected override change(
    em: EntityManager,
    { id, ownerId }: StrategyEntity,
    expected: number | undefined,
    patch: Partial<StrategyEntity>,
  ): Promise<StrategyEntity> {
    return this.find(em, ownerId, id).then((row) => {
      if (expected !== undefined) assertVersion(row, expected);
      const changed = { ...row, ...copy(patch), version: row.version + 1, updatedAt: new Date() };
      this.rows.set(id, changed);
      return copy(changed);
    });
  }

  protected override newestArtifact(): Promise<ArtifactRef | null> {
    return Promise.resolve(this.artifact);
  }

  protected override insertRow(_: EntityManager, strategy: StrategyEntity): Promise<boolean> {
    if (this.rows.has(strategy.id)) return Promise.resolve(false);
    this.rows.set(strategy.id, copy(strategy));
    return Promise.resolve(true);
  }

  protected override insertRevision(_: EntityManager, revision: StrategyRevisionEntity): Promise<void> {
    this.revisions.push(copy(revision));
    return Promise.resolve();
  }

  private revisionAt(strategyId: string, revision: number): StrategyRevisionEntity | undefined {
    return this.revisions.find((row) => row.strategyId === strategyId && row.revision === revision);
  }
}
