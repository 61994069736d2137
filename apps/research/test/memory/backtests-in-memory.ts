import { notFound } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { BacktestEntity } from '../../src/records/backtests/backtest.entity';
import {
  BacktestStore,
  type BacktestFilter,
  type BacktestOrigin,
  type BacktestOutcomeColumns,
  type NewBacktest,
} from '../../src/records/backtests/backtest.store';
import type { PageRead } from '../../src/records/list-page';
import { assertUnfiltered, copy, pageOfSorted } from './no-connection';

/** Backtests without a database; `contracts/backtest-store.contract.ts` holds for it as for the real one. */
export class BacktestsInMemory extends BacktestStore {
  /** In the order of their ids. */
  private readonly rows: BacktestEntity[] = [];

  override insertPending(_: EntityManager, row: NewBacktest): Promise<void> {
    const empty = {
      jobId: null,
      metrics: null,
      buyHoldMetrics: null,
      reasons: null,
      buyHoldReasons: null,
      costs: null,
      basis: null,
      trades: null,
      seriesUri: null,
      artifact: null,
      data: null,
      error: null,
      startedAt: null,
      finishedAt: null,
    };
    this.rows.push({ ...copy(row), ...empty, status: 'pending', warnings: [], version: 1, createdAt: new Date() });
    this.rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    return Promise.resolve();
  }

  override find(_: EntityManager, ownerId: string, id: string): Promise<BacktestEntity> {
    const row = this.rows.find((one) => one.id === id && one.ownerId === ownerId);
    return row ? Promise.resolve(copy(row)) : Promise.reject(notFound('backtest', id));
  }

  override require(em: EntityManager, ownerId: string, id: string): Promise<BacktestEntity> {
    return this.find(em, ownerId, id);
  }

  override list(
    _: EntityManager,
    ownerId: string,
    { strategyId, tag, q, ...page }: BacktestFilter & PageRead,
  ): Promise<BacktestEntity[]> {
    assertUnfiltered({ tag, q });
    const shown = (one: BacktestEntity): boolean =>
      one.ownerId === ownerId && (strategyId === undefined || one.strategyId === strategyId);
    return Promise.resolve(copy(pageOfSorted(this.rows.filter(shown), page)));
  }

  override completedOf(_: EntityManager, strategyId: string, revision: number): Promise<BacktestEntity[]> {
    const rows = this.rows.filter((one) => one.strategyId === strategyId && one.revision === revision);
    return Promise.resolve(copy(rows.filter(({ status }) => status === 'completed').reverse()));
  }

  override async countCompleted(em: EntityManager, strategyId: string, revision: number): Promise<number> {
    return (await this.completedOf(em, strategyId, revision)).length;
  }

  override originsOf(_: EntityManager, strategyId: string): Promise<BacktestOrigin[]> {
    const rows = this.rows.filter((one) => one.strategyId === strategyId);
    return Promise.resolve(
      rows.map(({ id, revision, configHash, engine, status, data, createdAt }) =>
        copy({ id, revision, configHash, engine, status, data, createdAt }),
      ),
    );
  }

  override submit(
    _: EntityManager,
    { id, version }: Pick<BacktestEntity, 'id' | 'version'>,
    status: 'queued' | 'running',
    jobId: string,
  ): Promise<void> {
    return this.change(id, { status, jobId, error: null, version: version + 1 });
  }

  override start(_: EntityManager, id: string): Promise<void> {
    return this.change(id, { status: 'running', startedAt: new Date() });
  }

  override complete(
    _: EntityManager,
    { id, version }: Pick<BacktestEntity, 'id' | 'version'>,
    outcome: BacktestOutcomeColumns,
  ): Promise<void> {
    const ended = { status: 'completed' as const, error: null, finishedAt: new Date(), version: version + 1 };
    return this.change(id, { ...outcome, ...ended });
  }

  override fail(_: EntityManager, id: string, error: BacktestEntity['error']): Promise<void> {
    return this.change(id, { status: 'failed', error, finishedAt: new Date() });
  }

  override remove(_: EntityManager, ownerId: string, id: string): Promise<void> {
    const at = this.rows.findIndex((one) => one.id === id && one.ownerId === ownerId);
    if (at >= 0) this.rows.splice(at, 1);
    return Promise.resolve();
  }

  private change(id: string, columns: Partial<BacktestEntity>): Promise<void> {
    Object.assign(this.rows.find((one) => one.id === id) ?? {}, copy(columns));
    return Promise.resolve();
  }
}
