import type { JobDocument } from '@assay/contracts';
import { DomainError, HOUR_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { JobStack } from '../fixtures/job-stack';
import type { JobContext, JobRunner } from './job-handler';
import { handles } from '../fixtures/handles';
import { JobStore } from './job-store';
import { Schedules } from './schedules';

const { describeOnStacks, eventually } = testing;

/** What the next runs of a job do, by its id. */
const plans = new Map<string, ((context: JobContext) => Promise<unknown>)[]>();

@handles('deployment.run')
@Injectable()
class Planned implements JobRunner {
  async run(context: JobContext): Promise<unknown> {
    const next = plans.get(context.jobId)?.shift();
    return next ? next(context) : { attempt: context.attempt };
  }
}

@handles('deployment.replay')
@Injectable()
class Replay extends Planned {}

@handles('reconcile')
@Injectable()
class Reconcile extends Planned {}

const away = (): Error => Object.assign(new Error('terminating connection'), { code: '57P01' });
const NUL = String.fromCharCode(0);
const LONE = String.fromCharCode(0xd800);

describeOnStacks('the end of a job', (stack) => {
  const jobs = new JobStack(testing, stack, [Planned, Replay, Reconcile]);
  const { call, job, sql } = jobs;

  beforeAll(() => jobs.start());
  afterAll(() => jobs.close());

  /** Submits a job whose runs do what `runs` say, with `columns` of its row as given. */
  async function submit(runs: ((context: JobContext) => Promise<unknown>)[], columns: Record<string, unknown> = {}) {
    const id = newId();
    plans.set(id, runs);
    const names = Object.keys(columns);
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload${names.map((name) => `, ${name}`).join('')})
       VALUES ($1, 'trade', 'deployment.run', $2, '{}'${names.map((_, i) => `, $${i + 3}`).join('')})`,
      [id, jobs.owner.id, ...Object.values(columns)],
    );
    return id;
  }

  /** The waits between runs are not what is tested: they are cut short. */
  const over = (id: string): Promise<JobDocument> =>
    eventually(`the end of job ${id}`, async () => {
      await sql(`UPDATE ops.job SET run_after = now() WHERE id = $1 AND state = 'queued' AND run_after > now()`, [id]);
      const found = await job(id);
      return ['completed', 'failed', 'canceled'].includes(found.state) && found;
    });

  const fails = (error: () => Error, times: number) =>
    Array.from({ length: times }, () => () => Promise.reject(error()));

  it('comes after any number of outages up to its own limit: they do not count as failures', async () => {
    const disk = (): Error => new Error('the disk is on fire');
    const id = await submit([...fails(away, 5), ...fails(disk, 2), ...fails(away, 2)]);
    expect(await over(id)).toMatchObject({ state: 'completed', attempts: 10 });
    const third = await submit([...fails(away, 4), ...fails(disk, 3)]);
    expect(await over(third)).toMatchObject({ state: 'failed', attempts: 7, error: { code: 'internal_error' } });
  });

  it('is a failure that says so when a server was away in every run up to the limit', async () => {
    const id = await submit(fails(away, 1), { outages: 29 });
    const { state, error } = await over(id);
    expect([state, error]).toMatchObject([
      'failed',
      { code: 'unavailable', detail: expect.stringContaining('away in each of 30 runs: retry the job') },
    ]);
  });

  it('is a failure when the worker was lost ten times, whatever outages there were', async () => {
    const lost = { state: 'running', claimed_by: 'dead:1', lease_until: new Date(Date.now() - 1_000) };
    const poison = await submit([], { ...lost, attempts: 10, execution: 10, losses: 9 });
    const unlucky = await submit([], { ...lost, attempts: 25, execution: 25, losses: 3, outages: 20 });
    expect(await over(poison)).toMatchObject({ state: 'failed', error: { code: 'unavailable' } });
    expect(await over(unlucky)).toMatchObject({ state: 'completed', attempts: 26 });
  });

  it('is written down once the database is back, and the work is not done again', async () => {
    const store = jobs.worker.get(JobStore, { strict: false });
    const finish = store.finish.bind(store);
    let refusals = 0;
    const spy = jest.spyOn(store, 'finish').mockImplementation((...args) => {
      refusals += 1;
      return refusals <= 2 ? Promise.reject(away()) : finish(...args);
    });
    const id = await submit([() => Promise.resolve('done once')]);
    expect(await over(id)).toMatchObject({ state: 'completed', attempts: 1, result: 'done once' });
    expect(refusals).toBe(3);
    spy.mockRestore();
  });

  it('keeps texts that no database can hold, cleaned', async () => {
    const completed = await submit([
      async (context) => {
        await context.progress(0.5, `half${NUL}way`);
        return { [`a${NUL}`]: [`b${LONE}`, 'c\\u0000'] };
      },
    ]);
    expect(await over(completed)).toMatchObject({
      state: 'completed',
      message: 'half\ufffdway',
      result: { 'a\ufffd': ['b\ufffd', 'c\\u0000'] },
    });
    const refused = await submit([
      () => Promise.reject(new DomainError('insufficient_data', `no bars of ${NUL}${LONE}`, { symbol: NUL })),
    ]);
    expect(await over(refused)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: { code: 'insufficient_data', detail: 'no bars of \ufffd\ufffd', symbol: '\ufffd' },
    });
  });

  it('that cannot be stored at all is a failure that says so, after one run', async () => {
    for (const value of [{ n: 10n }, 'deep'] as const) {
      const circular: { self?: unknown } = {};
      circular.self = circular;
      const id = await submit([() => Promise.resolve(value === 'deep' ? circular : value)]);
      expect(await over(id)).toMatchObject({
        state: 'failed',
        attempts: 1,
        error: {
          code: 'internal_error',
          detail: expect.stringMatching(/^what the job ended with could not be stored: /),
        },
      });
    }
    const refusal = await submit([() => Promise.reject(new DomainError('insufficient_data', 'x', { n: 10n }))]);
    expect(await over(refusal)).toMatchObject({ state: 'failed', attempts: 1, error: { code: 'internal_error' } });
  });

  it('of a stale execution changes nothing in the one that a retry has started', async () => {
    const ends: ((value: string) => void)[] = [];
    const contexts: JobContext[] = [];
    const waits = (context: JobContext): Promise<string> => {
      contexts.push(context);
      return new Promise((resolve) => ends.push(resolve));
    };
    const id = await submit([waits, waits]);
    await eventually('the first run', () => ends.length === 1);
    // What the sweeper does to a worker that has gone silent for too long, while this one lives on.
    await sql(`UPDATE ops.job SET state = 'failed', claimed_by = NULL, lease_until = NULL WHERE id = $1`, [id]);
    await call('POST', `/${id}/retry`);
    await eventually('the second run', () => ends.length === 2);
    expect(await job(id)).toMatchObject({ state: 'running', attempts: 1, progress: 0 });
    const store = jobs.worker.get(JobStore, { strict: false });
    const finish = jest.spyOn(store, 'finish');
    await contexts[0]!.progress(0.9, 'stale').catch(() => undefined);
    ends[0]!('stale');
    await eventually('the stale end', () => finish.mock.results.length === 1);
    expect(await finish.mock.results[0]!.value).toBe(false);
    expect(await job(id)).toMatchObject({ state: 'running', progress: 0, message: null });
    ends[1]!('fresh');
    expect(await over(id)).toMatchObject({ state: 'completed', result: 'fresh', attempts: 1 });
    finish.mockRestore();
  });

  it('of a schedule leaves no scheduler in the queue, and a changed one replaces it, whatever the queue missed', async () => {
    const queue = jobs.worker.get<Queue>(getQueueToken('trade'), { strict: false });
    const schedules = jobs.http.get(Schedules);
    const ticks = async () =>
      (await queue.getJobSchedulers()).map(({ key, every, pattern, tz }) => [key, every && Number(every), pattern, tz]);
    const settled = (expected: unknown[]) =>
      eventually(`schedulers ${JSON.stringify(expected)}`, async () => {
        const found = await ticks();
        return JSON.stringify(found.map((tick) => tick.filter((part) => part != null))) === JSON.stringify(expected);
      });
    const base = { service: 'trade', name: 'tick', kind: 'reconcile' } as const;
    await schedules.upsert({ ...base, everyMs: HOUR_MS });
    await settled([['tick', HOUR_MS]]);
    // Written without a word to the queue, as when the process dies between the commit and the hook.
    await sql(`UPDATE ops.schedule SET every_ms = 7200000 WHERE name = 'tick'`);
    await settled([['tick', 7_200_000]]);
    await sql(
      `UPDATE ops.schedule SET every_ms = NULL, cron = '0 0 16 * * 1-5', tz = 'Asia/Tokyo' WHERE name = 'tick'`,
    );
    await settled([['tick', '0 0 16 * * 1-5', 'Asia/Tokyo']]);
    await sql(`UPDATE ops.schedule SET tz = 'Europe/Paris' WHERE name = 'tick'`);
    await settled([['tick', '0 0 16 * * 1-5', 'Europe/Paris']]);
    const waiting = async () => (await queue.getDelayed()).filter((entry) => entry.data.schedule === 'tick');
    // both processes put back what is gone: what is read between two calls may be either's
    await eventually('one entry that waits', async () => (await waiting()).length === 1);
    await sql(`DELETE FROM ops.schedule WHERE name = 'tick'`);
    await settled([]);
    await eventually('no entry that waits', async () => (await waiting()).length === 0);
  });
});
