import fc from 'fast-check';
import type { Problem } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import type { BacktestStore, NewBacktest } from '../../src/records/backtests/backtest.store';
import type { StrategyStore } from '../../src/records/strategies/strategy.store';
import { madeBacktest, madeOutcome } from '../made-backtest';
import { madeRecipe, madeStrategy } from '../made-strategy';
import { showsEachOnce } from './paged-once';
import type { Connection } from '../research-database';

const OUTCOME = madeOutcome();
const ERROR: Problem = { type: 'about:blank', title: 'failed', status: 409, code: 'not_ready', detail: 'it broke' };

/** What holds for every store of backtests. */
export function itKeepsBacktests(store: BacktestStore, strategies: StrategyStore, open: () => Connection): void {
  const pending = async (change: Partial<NewBacktest> = {}): Promise<NewBacktest> => {
    const { em } = open();
    const strategy = madeStrategy({ ownerId: change.ownerId ?? newId() });
    if (change.strategyId === undefined) await strategies.insert(em, strategy, madeRecipe());
    const row = madeBacktest({ ownerId: strategy.ownerId, strategyId: strategy.id, ...change });
    await store.insertPending(em, row);
    return row;
  };
  /** The same, completed. */
  const completed = async (change: Partial<NewBacktest> = {}): Promise<NewBacktest> => {
    const row = await pending(change);
    await store.complete(open().em, { id: row.id, version: 1 }, OUTCOME);
    return row;
  };

  it('gives back what was written, pending and without results, to its owner alone', async () => {
    const { em } = open();
    const row = await pending();
    const found = await store.find(em, row.ownerId, row.id);
    expect(found).toMatchObject({ ...row, status: 'pending', version: 1, warnings: [] });
    const { jobId, metrics, trades, seriesUri, data, error, startedAt, finishedAt } = found;
    for (const empty of [jobId, metrics, trades, seriesUri, data, error, startedAt, finishedAt])
      expect(empty).toBeNull();
    expect(await store.require(em, row.ownerId, row.id)).toEqual(found);
    await expect(store.find(em, newId(), row.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.require(em, newId(), row.id)).rejects.toThrow();
  });

  it('takes a run from its submission to its results, a version each', async () => {
    const { em } = open();
    const row = await pending();
    const now = () => store.find(em, row.ownerId, row.id);
    const jobId = newId();
    await store.submit(em, { id: row.id, version: 1 }, 'queued', jobId);
    expect(await now()).toMatchObject({ status: 'queued', jobId, version: 2, startedAt: null });
    await store.start(em, row.id);
    expect(await now()).toMatchObject({ status: 'running', version: 2, startedAt: expect.anything() });
    await store.complete(em, { id: row.id, version: 2 }, OUTCOME);
    expect(await now()).toMatchObject({ ...OUTCOME, status: 'completed', version: 3, finishedAt: expect.anything() });
  });

  it('keeps why a run failed until it is submitted again', async () => {
    const { em } = open();
    const row = await pending();
    await store.fail(em, row.id, ERROR);
    const failed = await store.find(em, row.ownerId, row.id);
    expect(failed).toMatchObject({ status: 'failed', error: ERROR, finishedAt: expect.anything() });
    await store.submit(em, failed, 'running', newId());
    expect(await store.find(em, row.ownerId, row.id)).toMatchObject({ status: 'running', error: null });
  });

  it('gives the completed runs of a revision, the newest first, and counts them', async () => {
    const { em } = open();
    const first = await completed();
    const of = { ownerId: first.ownerId, strategyId: first.strategyId };
    const second = await completed(of);
    await completed({ ...of, revision: 2 });
    await pending(of);
    const rows = await store.completedOf(em, first.strategyId, 1);
    expect(rows.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await store.countCompleted(em, first.strategyId, 1)).toBe(2);
    expect(await store.countCompleted(em, first.strategyId, 3)).toBe(0);
  });

  it('names the runs of all revisions, oldest first', async () => {
    const { em } = open();
    const first = await completed();
    const second = await pending({ ownerId: first.ownerId, strategyId: first.strategyId, revision: 2 });
    const { configHash, engine } = first;
    const origin = { configHash, engine, data: null, createdAt: expect.anything() };
    expect(await store.originsOf(em, first.strategyId)).toMatchObject([
      { ...origin, id: first.id, revision: 1, status: 'completed' },
      { ...origin, id: second.id, revision: 2, status: 'pending' },
    ]);
  });

  it('lists the owner’s in the order of their ids, of all strategies or of one', async () => {
    const { em } = open();
    const a = await pending();
    const b = await pending({ ownerId: a.ownerId });
    const c = await pending({ ownerId: a.ownerId, strategyId: a.strategyId });
    const ids = async (strategyId: string | undefined, limit: number, cursor?: string): Promise<string[]> =>
      (await store.list(em, a.ownerId, { strategyId, limit, cursor })).map(({ id }) => id);
    expect(await ids(undefined, 2)).toEqual([a.id, b.id]);
    expect(await ids(undefined, 2, b.id)).toEqual([c.id]);
    expect(await ids(a.strategyId, 10)).toEqual([a.id, c.id]);
    expect(await store.list(em, newId(), { limit: 10 })).toEqual([]);
  });

  it('shows each once and in order, page by page, whatever is written meanwhile', () =>
    showsEachOnce(fc.constant(0), () => ({
      add: async (ownerId) => (await pending({ ownerId })).id,
      list: (ownerId, page) => store.list(open().em, ownerId, page),
    })));

  it('removes what is the owner’s', async () => {
    const { em } = open();
    const row = await pending();
    await store.remove(em, newId(), row.id);
    expect(await store.find(em, row.ownerId, row.id)).toMatchObject({ id: row.id });
    await store.remove(em, row.ownerId, row.id);
    await expect(store.find(em, row.ownerId, row.id)).rejects.toMatchObject({ code: 'not_found' });
  });
}
