import { insertRow, updateRows } from '@assay/persistence';
import { notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { selectedIds } from '../annotations/selected-ids';
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
    strategyId: string | undefined,
    limit: number,
    cursor?: string,
    tag?: string,
  ): Promise<BacktestEntity[]> {
    const where = { ownerId, ...(strategyId ? { strategyId } : {}) };
    return em.find(BacktestEntity, {
      where: { ...where, ...selectedIds(cursor, tag, { ownerId, kind: 'backtest' }) },
      order: { id: 'ASC' },
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
