import { insertRow, updateRows } from '@assay/persistence';
import { notFound, searchWordsOf } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { And, Equal, Raw, type EntityManager, type FindOperator } from 'typeorm';
import { selectedIds } from '../annotations/selected-ids';
import { directionOf, hasEveryWord, type PageRead } from '../list-page';
import { BacktestEntity } from './backtest.entity';

export type NewBacktest = Pick<
  BacktestEntity,
  'id' | 'ownerId' | 'strategyId' | 'revision' | 'configHash' | 'engine' | 'request'
>;
/** What a run that has ended leaves in its row. */
export type BacktestOutcomeColumns = Pick<
  BacktestEntity,
  | 'metrics'
  | 'buyHoldMetrics'
  | 'reasons'
  | 'buyHoldReasons'
  | 'costs'
  | 'basis'
  | 'warnings'
  | 'trades'
  | 'seriesUri'
  | 'artifact'
  | 'data'
>;
export type BacktestOrigin = Pick<
  BacktestEntity,
  'id' | 'revision' | 'configHash' | 'engine' | 'status' | 'data' | 'createdAt'
>;

/** Which backtests of an owner a list shows. */
export interface BacktestFilter {
  strategyId?: string;
  tag?: string;
  /** Words that are all in the name of the strategy. */
  q?: string;
}

@Injectable()
export class BacktestStore {
  async insertPending(em: EntityManager, row: NewBacktest): Promise<void> {
    const pending = { ...row, status: 'pending' as const, warnings: [], version: 1, createdAt: new Date() };
    await insertRow(em, BacktestEntity, pending);
  }

  async find(em: EntityManager, ownerId: string, id: string): Promise<BacktestEntity> {
    const row = await em.findOne(BacktestEntity, { where: { id, ownerId } });
    if (!row) throw notFound('backtest', id);
    return row;
  }

  /** @throws EntityNotFoundError: a job or evidence names it, so it must be there */
  require(em: EntityManager, ownerId: string, id: string): Promise<BacktestEntity> {
    return em.findOneByOrFail(BacktestEntity, { id, ownerId });
  }

  list(
    em: EntityManager,
    ownerId: string,
    { strategyId, q, limit, ...page }: BacktestFilter & PageRead,
  ): Promise<BacktestEntity[]> {
    const of = [...(strategyId ? [Equal(strategyId)] : []), ...(q ? [ofStrategyNamed(q, ownerId)] : [])];
    const ids = selectedIds(page, { ownerId, kind: 'backtest' });
    return em.find(BacktestEntity, {
      where: { ownerId, ...(of.length > 0 && { strategyId: And(...of) }), ...ids },
      order: { id: directionOf(page.order) },
      take: limit,
    });
  }

  /** Completed runs of a revision, the newest first. */
  completedOf(em: EntityManager, strategyId: string, revision: number): Promise<BacktestEntity[]> {
    return em.find(BacktestEntity, { where: { strategyId, revision, status: 'completed' }, order: { id: 'DESC' } });
  }

  countCompleted(em: EntityManager, strategyId: string, revision: number): Promise<number> {
    return em.count(BacktestEntity, { where: { strategyId, revision, status: 'completed' } });
  }

  /** Runs of all revisions, oldest first. */
  originsOf(em: EntityManager, strategyId: string): Promise<BacktestOrigin[]> {
    return em.find(BacktestEntity, {
      select: { id: true, revision: true, configHash: true, engine: true, status: true, data: true, createdAt: true },
      where: { strategyId },
      order: { id: 'ASC' },
    });
  }

  async submit(
    em: EntityManager,
    { id, version }: Pick<BacktestEntity, 'id' | 'version'>,
    status: 'queued' | 'running',
    jobId: string,
  ): Promise<void> {
    await updateRows(em, BacktestEntity, { id }, { status, jobId, error: null, version: version + 1 });
  }

  async start(em: EntityManager, id: string): Promise<void> {
    await updateRows(em, BacktestEntity, { id }, { status: 'running', startedAt: new Date() });
  }

  async complete(
    em: EntityManager,
    { id, version }: Pick<BacktestEntity, 'id' | 'version'>,
    outcome: BacktestOutcomeColumns,
  ): Promise<void> {
    const ended = { status: 'completed' as const, error: null, finishedAt: new Date(), version: version + 1 };
    await updateRows(em, BacktestEntity, { id }, { ...outcome, ...ended });
  }

  async fail(em: EntityManager, id: string, error: BacktestEntity['error']): Promise<void> {
    await updateRows(em, BacktestEntity, { id }, { status: 'failed', error, finishedAt: new Date() });
  }

  async remove(em: EntityManager, ownerId: string, id: string): Promise<void> {
    await em.delete(BacktestEntity, { id, ownerId });
  }
}

const ofStrategyNamed = (words: string, ownerId: string): FindOperator<string> =>
  Raw(
    (column) =>
      `${column} IN (SELECT named.id FROM research.strategy named
        WHERE named.owner_id = :namedOwner AND ${hasEveryWord('named.name', 'words')})`,
    { namedOwner: ownerId, words: searchWordsOf(words) },
  );
