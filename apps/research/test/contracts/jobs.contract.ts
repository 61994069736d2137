import type { JobState } from '@assay/contracts';
import type { Jobs } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import type { Connection } from '../research-database';

/** What a service relies on when it submits jobs. `become`: what a worker makes of one. */
export function itSubmitsJobs(
  jobs: () => Pick<Jobs, 'submit' | 'byIds'>,
  become: (id: string, state: JobState) => Promise<void>,
  open: () => Connection,
): void {
  const submit = (backtestId: string, dedupeKey?: string) => {
    const payload = { backtest_id: backtestId };
    const job = { kind: 'backtest.execute', ownerId: newId(), payload, subjectId: backtestId, dedupeKey } as const;
    return open().transaction((em) => jobs().submit(em, job));
  };

  it('queues a job with what it is about', async () => {
    const id = newId();
    const job = await submit(id, id);
    const queued = { kind: 'backtest.execute', subjectId: id, payload: { backtest_id: id }, state: 'queued' };
    expect(job).toMatchObject(queued);
    const found = await jobs().byIds(open().em, [job.id, newId()]);
    expect([...found.keys()]).toEqual([job.id]);
    expect(found.get(job.id)).toMatchObject(queued);
  });

  it('answers with the open one of a key, and with a new one when that has ended', async () => {
    const id = newId();
    const first = await submit(id, id);
    expect((await submit(id, id)).id).toBe(first.id);
    await become(first.id, 'running');
    expect(await submit(id, id)).toMatchObject({ id: first.id, state: 'running' });
    for (const ended of ['failed', 'canceled', 'completed'] as const) {
      const before = await submit(id, id);
      await become(before.id, ended);
      expect((await submit(id, id)).id).not.toBe(before.id);
    }
  });

  it('keeps jobs of other keys and of none apart', async () => {
    const id = newId();
    const ids = [await submit(id, newId()), await submit(id, newId()), await submit(id), await submit(id)];
    expect(new Set(ids.map((job) => job.id)).size).toBe(4);
  });
}
