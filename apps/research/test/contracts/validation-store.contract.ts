import type { Problem } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import type { StrategyStore } from '../../src/records/strategies/strategy.store';
import type { NewValidation, ValidationOutcome, ValidationStore } from '../../src/records/validations/validation.store';
import { madeRecipe, madeStrategy } from '../made-strategy';
import type { Connection } from '../research-database';

const OUTCOME: ValidationOutcome = { result: { folds: 5 }, evidenceUri: 'sha256:a', artifact: null, data: null };
const ERROR: Problem = { type: 'about:blank', title: 'failed', status: 409, code: 'not_ready', detail: 'it broke' };

/** What holds for every store of validations. */
export function itKeepsValidations(store: ValidationStore, strategies: StrategyStore, open: () => Connection): void {
  const queued = async (change: Partial<NewValidation> = {}): Promise<NewValidation> => {
    const { em } = open();
    const strategy = madeStrategy({ ownerId: change.ownerId ?? newId() });
    if (change.strategyId === undefined) await strategies.insert(em, strategy, madeRecipe());
    const row: NewValidation = {
      id: newId(),
      ownerId: strategy.ownerId,
      strategyId: strategy.id,
      revision: 1,
      configHash: 'c'.repeat(64),
      kind: 'walk_forward',
      request: { policy_layout: true, folds: 5 },
      jobId: newId(),
      ...change,
    };
    await store.insertQueued(em, row);
    return row;
  };
  const now = ({ ownerId, id }: NewValidation) => store.require(open().em, ownerId, id);

  it('gives back what was written, queued and without results, to its owner alone', async () => {
    const row = await queued();
    const found = await now(row);
    expect(found).toMatchObject({ ...row, status: 'queued', createdAt: expect.anything() });
    const { result, evidenceUri, artifact, data, gates, error, finishedAt } = found;
    for (const empty of [result, evidenceUri, artifact, data, gates, error, finishedAt]) expect(empty).toBeNull();
    await expect(store.require(open().em, newId(), row.id)).rejects.toThrow();
  });

  it('takes a run to its results, and the gates are written beside them', async () => {
    const { em } = open();
    const row = await queued();
    await store.start(em, row.id);
    expect(await now(row)).toMatchObject({ status: 'running', finishedAt: null });
    await store.complete(em, row.id, OUTCOME);
    const gates = { default: { policy: 'default' as const, version: '1', passed: true, gates: [] } };
    await store.saveGates(em, row.id, gates);
    expect(await now(row)).toMatchObject({ ...OUTCOME, status: 'completed', gates, finishedAt: expect.anything() });
  });

  it('fails what is under way, never what has ended or has not begun', async () => {
    const { em } = open();
    const [waiting, running, ended] = [await queued(), await queued(), await queued()];
    await store.start(em, running.id);
    await store.complete(em, ended.id, OUTCOME);
    for (const row of [waiting, running, ended]) await store.fail(em, row.id, ERROR);
    expect(await now(waiting)).toMatchObject({ status: 'queued', error: null });
    expect(await now(running)).toMatchObject({ status: 'failed', error: ERROR, finishedAt: expect.anything() });
    expect(await now(ended)).toMatchObject({ status: 'completed', error: null });
  });

  it('finds the newest of a revision and kind, whatever its state, and those that are completed', async () => {
    const { em } = open();
    const first = await queued();
    const { strategyId } = first;
    const of = { ownerId: first.ownerId, strategyId };
    const second = await queued(of);
    const cpcv = await queued({ ...of, kind: 'cpcv' });
    const later = await queued({ ...of, revision: 2 });
    for (const row of [first, cpcv, later]) await store.complete(em, row.id, OUTCOME);
    expect((await store.newest(em, strategyId, 1, 'walk_forward'))?.id).toBe(second.id);
    expect((await store.newest(em, strategyId, 1, 'cpcv'))?.id).toBe(cpcv.id);
    expect(await store.newest(em, strategyId, 2, 'cpcv')).toBeNull();
    expect((await store.completedOf(em, strategyId, 1)).map(({ id }) => id)).toEqual([cpcv.id, first.id]);
  });
}
