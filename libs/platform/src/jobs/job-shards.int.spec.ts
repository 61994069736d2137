import type { JobDocument } from '@assay/contracts';
import { invalidField } from '@assay/primitives';
import * as testing from '@assay/testing';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobStack } from '../fixtures/job-stack';
import type { EndedShard, JobContext, JobRunner, NewShard } from './job-handler';
import { AwaitShards } from './job-handler';
import { handles } from '../fixtures/handles';
import { JobShards } from './job-shards';

const { describeOnStacks, eventually } = testing;

// One slot: a job that held it while its shards wait would never end.
process.env.ASSAY_JOB_CONCURRENCY = '1';

/** Number -> how often a shard squared it. */
const squared = new Map<number, number>();
const broken = new Set<number>();
/** Numbers whose shards stop half way until they are let go. */
const held = new Map<number, () => void>();
const HOLD_FROM = 1_000;

type Square = NewShard<{ n: number }>;
const squareOf = (n: number, weight: number): Square => ({ kind: 'reconcile', payload: { n }, weight });

/** Sum of squares; of two rounds, where the second squares the sums of the first. */
@handles('deployment.run')
@Injectable()
class SumOfSquares implements JobRunner<{ numbers: number[]; rounds?: number }, unknown> {
  run({ payload, shards }: JobContext<{ numbers: number[]; rounds?: number }>): Promise<unknown> {
    const { numbers, rounds = 1 } = payload;
    const done = shards as readonly EndedShard<{ n: number }, number>[];
    const weight = 1 / (numbers.length + rounds - 1);
    if (done.length === 0) return Promise.resolve(new AwaitShards(numbers.map((n) => squareOf(n, weight))));
    const sum = done.slice(0, numbers.length).reduce((total, { result }) => total + result, 0);
    if (done.length < numbers.length + rounds - 1) return Promise.resolve(new AwaitShards([squareOf(sum, weight)]));
    return Promise.resolve({ sum, squares: done.map(({ result }) => result) });
  }
}

@handles('reconcile')
@Injectable()
class SquareShard implements JobRunner<{ n: number }, number> {
  async run({ payload: { n }, progress, signal }: JobContext<{ n: number }>): Promise<number> {
    squared.set(n, (squared.get(n) ?? 0) + 1);
    if (broken.has(n)) throw invalidField('n', 'whole', n, `n must be whole, was ${n}`);
    if (n >= HOLD_FROM) {
      await progress(0.5);
      // A cancel that came meanwhile has already been told.
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        held.set(n, resolve);
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    }
    return n * n;
  }
}

@handles('deployment.replay')
@Injectable()
class Nothing implements JobRunner<unknown, null> {
  run(): Promise<null> {
    return Promise.resolve(null);
  }
}

describeOnStacks('jobs that go on in shards', (stack) => {
  const jobs = new JobStack(testing, stack, [SumOfSquares, SquareShard, Nothing]);
  const { call, job, inState, sql } = jobs;
  const submit = (payload: unknown): Promise<string> => jobs.submit('deployment.run', payload);

  beforeAll(() => jobs.start());
  afterAll(() => jobs.close());

  beforeEach(() => {
    squared.clear();
    broken.clear();
    held.clear();
  });

  const shardsOf = async (id: string): Promise<JobDocument[]> =>
    (await call('GET', `?parent_id=${id}&limit=200`)).json<{ items: JobDocument[] }>().items.reverse();
  const states = async (id: string): Promise<string[]> => (await shardsOf(id)).map(({ state }) => state);
  const isHeld = (n: number): Promise<true> => eventually(`the shard of ${n}`, () => held.has(n));

  it('answers with the results in the order of the shards, however many jobs wait for one slot', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await submit({ numbers: [3, 1, 2] }));
    for (const id of ids) {
      const done = await inState(id, 'completed');
      expect(done).toMatchObject({ result: { sum: 14, squares: [9, 1, 4] }, progress: 1, error: null });
    }
    expect(squared.get(2)).toBe(5);
  });

  it('may ask for further shards once the first have ended', async () => {
    const id = await submit({ numbers: [1, 2], rounds: 3 });
    expect((await inState(id, 'completed')).result).toEqual({ sum: 5, squares: [1, 4, 25, 25] });
    expect(await states(id)).toEqual(Array(4).fill('completed'));
  });

  it('shows the weighted progress of the shards, and no worker holds the job meanwhile', async () => {
    const id = await submit({ numbers: [1, 1_001] });
    await isHeld(1_001);
    await eventually('progress', async () => (await job(id)).progress === 0.75);
    expect(await job(id)).toMatchObject({ state: 'running', message: '1 of 2 shards done' });
    expect(await sql('SELECT claimed_by FROM ops.job WHERE id = $1', [id])).toEqual([{ claimed_by: null }]);
    // Somebody else has seen more of the shards than this one does: his view stays.
    await sql(`UPDATE ops.job SET progress = 0.9, message = 'a later view' WHERE id = $1`, [id]);
    await jobs.http.get(JobShards).rollUp(id);
    expect(await job(id)).toMatchObject({ progress: 0.9, message: 'a later view' });
    held.get(1_001)!();
    expect((await inState(id, 'completed')).result).toMatchObject({ sum: 1 + 1_001 ** 2 });
  });

  it('fails with the reason of a failed shard, cancels the others, and on retry runs only what did not complete', async () => {
    broken.add(7);
    const id = await submit({ numbers: [2, 7, 1_002, 3] });
    const failed = await inState(id, 'failed');
    expect(failed.error).toMatchObject({ code: 'validation_failed', errors: [{ field: 'n', value: 7 }] });
    await eventually('the others', async () => !(await states(id)).some((s) => s === 'running' || s === 'queued'));
    expect(await states(id)).toEqual(['completed', 'failed', 'canceled', 'canceled']);

    broken.clear();
    held.clear();
    expect((await call('POST', `/${id}/retry`)).statusCode).toBe(200);
    await isHeld(1_002);
    held.get(1_002)!();
    expect((await inState(id, 'completed')).result).toMatchObject({ squares: [4, 49, 1_002 ** 2, 9] });
    expect(squared.get(2)).toBe(1);
  });

  it('ends at once when it is canceled, and its shards with it', async () => {
    const id = await submit({ numbers: [1_003, 1_004, 5, 6] });
    await isHeld(1_003);
    expect((await call('POST', `/${id}/cancel`)).json()).toMatchObject({ state: 'canceled' });
    await eventually('the shards', async () => (await states(id)).every((state) => state === 'canceled'));
    expect(squared.has(6)).toBe(false);
    expect((await job(id)).state).toBe('canceled');
  });

  it('hides its shards among the jobs and refuses to cancel or retry one alone', async () => {
    const id = await submit({ numbers: [4] });
    await inState(id, 'completed');
    const [shard] = await shardsOf(id);
    const listed = (await call('GET', '?limit=200')).json<{ items: JobDocument[] }>().items.map((one) => one.id);
    expect(listed).toContain(id);
    expect(listed).not.toContain(shard!.id);
    for (const verb of ['cancel', 'retry']) {
      const answer = await call('POST', `/${shard!.id}/${verb}`);
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ code: 'illegal_transition', parent_id: id });
    }
  });

  /** A job that waits, as its rows are when a worker dies: `shards` have the states given. */
  const orphan = async (numbers: number[], shards: string[]): Promise<string> => {
    const id = await submit({ numbers });
    await inState(id, 'completed');
    await sql(
      `UPDATE ops.job SET state = 'running', result = NULL, finished_at = NULL, progress = 0.5, claimed_by = NULL WHERE id = $1`,
      [id],
    );
    for (const [shard, state] of shards.entries()) {
      await sql(
        `UPDATE ops.job SET state = $3, result = CASE WHEN $3 = 'completed' THEN result END, finished_at = NULL,
           claimed_by = CASE WHEN $3 = 'running' THEN 'dead:1' END,
           lease_until = CASE WHEN $3 = 'running' THEN now() - interval '1 second' END
         WHERE parent_id = $1 AND shard = $2`,
        [id, shard, state],
      );
    }
    return id;
  };

  it.each([
    ['that ran a shard', ['completed', 'running', 'completed']],
    ['after the end of the last shard, before the job was due again', ['completed', 'completed', 'completed']],
    ['while a shard was canceled and the job retried', ['completed', 'canceled', 'completed']],
  ])('is completed by the next worker when one was lost %s', async (_, shards) => {
    const id = await orphan([1, 2, 3], shards);
    expect((await inState(id, 'completed')).result).toEqual({ sum: 14, squares: [1, 4, 9] });
  });

  it('stays canceled, and its shards with it, when it is canceled while a lost shard is made due again', async () => {
    const id = await submit({ numbers: [1, 1_005] });
    await isHeld(1_005);
    await sql(`UPDATE ops.job SET claimed_by = 'elsewhere:1' WHERE parent_id = $1 AND shard = 1`, [id]);
    held.get(1_005)!();
    const shards = jobs.http.get(JobShards);
    const canceling = jobs.http.get(DataSource).createQueryRunner();
    await canceling.startTransaction();
    try {
      // What a cancel does, not committed yet; the shard ended canceled, as after a retry of the job.
      await canceling.query(
        `UPDATE ops.job SET state = 'canceled', cancel_requested = true, finished_at = now() WHERE id = $1`,
        [id],
      );
      await sql(
        `UPDATE ops.job SET state = 'canceled', claimed_by = NULL, lease_until = NULL WHERE parent_id = $1 AND shard = 1`,
        [id],
      );
      const settled = shards.settle('trade', id);
      await eventually('the settling to wait for the cancel', async () => {
        // A wait for a row is one for its transaction, which names no database.
        const waiting = await sql<unknown[]>(
          `SELECT 1 FROM pg_locks w JOIN pg_locks o ON o.pid = w.pid JOIN pg_database d ON d.oid = o.database
           WHERE NOT w.granted AND d.datname = current_database()`,
        );
        return waiting.length > 0;
      });
      await canceling.commitTransaction();
      await settled;
    } finally {
      if (canceling.isTransactionActive) await canceling.rollbackTransaction();
      await canceling.release();
    }
    expect((await job(id)).state).toBe('canceled');
    expect(await states(id)).toEqual(['completed', 'canceled']);
  });

  it('counts the tries of a phase, not those of the phases before', async () => {
    const id = await submit({ numbers: [1], rounds: 6 });
    expect(await inState(id, 'completed')).toMatchObject({ attempts: 7 });
  });
});
