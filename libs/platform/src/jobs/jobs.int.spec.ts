import type { JobDocument } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { HOUR_MS, invalidField } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { JobStack, jobWorker } from '../fixtures/job-stack';
import { createWorkerApp } from '../http';
import type { JobContext, JobRunner } from './job-handler';
import { handles } from '../fixtures/handles';
import { JobWorker } from './job-worker';
import { Jobs } from './jobs';
import { Schedules } from './schedules';

const { describeOnStacks, eventually } = testing;

const runs: { jobId: string; attempt: number; payload: unknown }[] = [];
const failOnce = new Set<string>();
let release: (() => void) | undefined;

const note = ({ jobId, attempt, payload }: JobContext): void => void runs.push({ jobId, attempt, payload });

@handles('deployment.run')
@Injectable()
class AddNumbers implements JobRunner<{ a: number; b: number }, { sum: number }> {
  async run(context: JobContext<{ a: number; b: number }>): Promise<{ sum: number }> {
    note(context);
    const { a, b } = context.payload;
    if (a < 0) throw invalidField('a', 'min', a, `a must be at least 0, was ${a}`);
    if (failOnce.delete(context.jobId)) throw new Error('the disk is on fire');
    await context.progress(0.4, 'begun');
    await context.progress(0.5, 'half way');
    await context.progress(0.6);
    return { sum: a + b };
  }
}

@handles('deployment.replay')
@Injectable()
class WaitForAbort implements JobRunner<unknown, unknown> {
  async run(context: JobContext): Promise<unknown> {
    note(context);
    await new Promise<void>((resolve, reject) => {
      release = resolve;
      context.signal.addEventListener('abort', () => reject(context.signal.reason as Error), { once: true });
    });
    return { released: true };
  }
}

@handles('reconcile')
@Injectable()
class NoteTick implements JobRunner<unknown, null> {
  run(context: JobContext): Promise<null> {
    note(context);
    return Promise.resolve(null);
  }
}

@handles('reconcile')
@Injectable()
class SecondTick extends NoteTick {}

describeOnStacks('jobs', (stack) => {
  const jobs = new JobStack(testing, stack, [AddNumbers, WaitForAbort, NoteTick]);
  const { call, job, inState, sql, submit } = jobs;

  beforeAll(() => jobs.start());
  afterAll(() => jobs.close());

  beforeEach(() => {
    release = undefined;
  });

  it('is listed without reading its payload', async () => {
    const id = await submit('deployment.run', { a: 1, b: 2, ballast: 'x'.repeat(100_000) });
    const { result: _, ...shown } = await inState(id, 'completed');
    const { items } = await jobs.http
      .get(Jobs)
      .list({ userId: jobs.owner.id, username: 'owner', role: 'trader', scopes: [] }, { limit: 1 });
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items).length).toBeLessThan(2_000);
    expect((await call('GET', '?limit=1')).json()).toMatchObject({ items: [shown] });
  });

  it('is read with any key of its owner, and canceled or retried only with one that may start such a job', async () => {
    const made = await jobs.http.inject({
      method: 'POST',
      url: '/api/v1/auth/keys',
      headers: jobs.owner.headers,
      payload: { name: 'reader', scopes: ['trade:read'] },
    });
    const reader = { headers: { authorization: `Bearer ${made.json<{ key: string }>().key}` } };
    const id = await submit('deployment.run', { a: 1, b: 2 });
    await inState(id, 'completed');
    await sql(`UPDATE ops.job SET state = 'failed' WHERE id = $1`, [id]);
    expect((await call('GET', `/${id}`, reader)).statusCode).toBe(200);
    for (const verb of ['cancel', 'retry']) {
      const answer = await call('POST', `/${id}/${verb}`, reader);
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { missing_scopes: ['trade:write'] }]);
    }
    expect((await job(id)).state).toBe('failed');
    expect((await call('POST', `/${id}/retry`, jobs.other)).statusCode).toBe(404);
    expect((await call('POST', `/${id}/retry`)).statusCode).toBe(200);
  });

  it('that may correct stored bars is run again only with the right to correct them', async () => {
    const id = newId();
    const adder = await jobs.user(['data:write']);
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload, state)
       VALUES ($1, 'research', 'data.import', $2, '{"may_correct": true}', 'failed')`,
      [id, adder.id],
    );
    const refused = await call('POST', `/${id}/retry`, adder);
    expect([refused.statusCode, refused.json()]).toMatchObject([403, { missing_scopes: ['data:correct'] }]);
    await sql(`UPDATE ops.job SET payload = '{"may_correct": false}' WHERE id = $1`, [id]);
    expect((await call('POST', `/${id}/retry`, adder)).statusCode).toBe(200);
    await sql('DELETE FROM ops.job WHERE id = $1', [id]);
  });

  it('runs a submitted job and answers with its result', async () => {
    const id = await submit('deployment.run', { a: 2, b: 3 });
    const done = await inState(id, 'completed');
    expect(done).toMatchObject({ kind: 'deployment.run', result: { sum: 5 }, progress: 1, attempts: 1, error: null });
    expect(Date.parse(done.finished_at!)).toBeGreaterThanOrEqual(Date.parse(done.started_at!));
  });

  it('keeps the newest message of its progress, however soon after another it was given', async () => {
    const id = await submit('deployment.run', { a: 2, b: 3 });
    expect((await inState(id, 'completed')).message).toBe('half way');
  });

  it('ends at once as failed, with the problem, when the domain refuses', async () => {
    const id = await submit('deployment.run', { a: -1, b: 3 });
    const failed = await inState(id, 'failed');
    expect(failed.attempts).toBe(1);
    expect(failed.error).toMatchObject({ code: 'validation_failed', errors: [{ field: 'a', rule: 'min', value: -1 }] });
  });

  it('tries again after an unexpected error, and completes', async () => {
    const before = runs.length;
    const id = newId();
    await jobs.http.get(Transactions).run(async (em) => {
      await em.query(
        `INSERT INTO ops.job (id, service, kind, owner_id, payload) VALUES ($1, 'trade', 'deployment.run', $2, '{"a":1,"b":1}')`,
        [id, jobs.owner.id],
      );
      failOnce.add(id);
    });
    const done = await inState(id, 'completed');
    expect(done.attempts).toBe(2);
    expect(
      runs
        .slice(before)
        .filter((run) => run.jobId === id)
        .map((run) => run.attempt),
    ).toEqual([1, 2]);
  });

  it('does not submit anything when the business transaction rolls back', async () => {
    const attempt = jobs.http.get(Transactions).run(async (em) => {
      const { id } = await jobs.http.get(Jobs).submit(em, { kind: 'reconcile', ownerId: jobs.owner.id, payload: {} });
      throw new Error(`rolled back ${id}`);
    });
    const message = await attempt.catch((error: Error) => error.message);
    const id = String(message).split(' ').at(-1)!;
    expect((await call('GET', `/${id}`)).statusCode).toBe(404);
  });

  it('keeps one open job per key', async () => {
    const [a, b] = [
      await submit('deployment.replay', {}, { dedupeKey: 'same' }),
      await submit('deployment.replay', {}, { dedupeKey: 'same' }),
    ];
    expect(b).toBe(a);
    await inState(a, 'running');
    await eventually('the handler', () => release !== undefined);
    release!();
    await inState(a, 'completed');
    expect(await submit('deployment.run', { a: 1, b: 1 }, { dedupeKey: 'same' })).not.toBe(a);
  });

  it('is not run again beside another open job of its key, which the answer names where the caller may see it', async () => {
    const key = { dedupeKey: 'twice' };
    const first = await submit('deployment.replay', {}, key);
    await call('POST', `/${first}/cancel`);
    await inState(first, 'canceled');
    const second = await submit('deployment.replay', {}, key);
    const refused = await call('POST', `/${first}/retry`);
    expect([refused.statusCode, refused.json()]).toMatchObject([409, { code: 'conflict', open_job_id: second }]);
    expect(refused.json<{ detail: string }>().detail).toContain(`job ${second} is open`);
    expect((await job(first)).state).toBe('canceled');

    await sql('UPDATE ops.job SET owner_id = $2 WHERE id = $1', [second, jobs.other.id]);
    const hidden = await call('POST', `/${first}/retry`);
    expect([hidden.statusCode, hidden.json<{ code: string }>().code]).toEqual([409, 'conflict']);
    expect(hidden.payload).not.toContain(second);

    await sql('UPDATE ops.job SET owner_id = $2 WHERE id = $1', [second, jobs.owner.id]);
    await call('POST', `/${second}/cancel`);
    await inState(second, 'canceled');
    expect((await call('POST', `/${first}/retry`)).statusCode).toBe(200);
    // Of two jobs of the key it is the open one that is returned, although the other was submitted later.
    expect(await submit('deployment.replay', {}, key)).toBe(first);
    await call('POST', `/${first}/cancel`);
    await inState(first, 'canceled');
  });

  it('cancels a running job, and runs it again on request', async () => {
    const id = await submit('deployment.replay', {});
    await inState(id, 'running');
    await eventually('the handler', () => release !== undefined);
    expect((await call('POST', `/${id}/cancel`)).statusCode).toBe(200);
    await inState(id, 'canceled');
    const again = await call('POST', `/${id}/cancel`);
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'illegal_transition', state: 'canceled' });

    release = undefined;
    expect((await call('POST', `/${id}/retry`)).json()).toMatchObject({ id });
    await eventually('the second run', () => release !== undefined);
    release!();
    expect((await inState(id, 'completed')).result).toEqual({ released: true });
  });

  it('hides the jobs of others', async () => {
    const id = await submit('deployment.run', { a: 1, b: 1 });
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/retry'],
      ['GET', '/stream'],
    ] as const) {
      const answer = await call(method, `/${id}${path}`, jobs.other);
      expect([path, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([path, 404, 'not_found']);
    }
    expect((await call('GET', '', jobs.other)).json<{ items: unknown[] }>().items).toEqual([]);
  });

  it('lists in pages, newest first', async () => {
    // nothing may move between the reads that are compared
    await inState(await submit('deployment.run', { a: 1, b: 1 }), 'completed');
    const all = (await call('GET', '?limit=200')).json<{ items: JobDocument[] }>().items.map(({ id }) => id);
    const first = (await call('GET', '?limit=2')).json<{ items: JobDocument[]; next_cursor: string }>();
    const second = (await call('GET', `?limit=2&cursor=${first.next_cursor}`)).json<{ items: JobDocument[] }>();
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.slice(0, 4));
    // results may be large: each is read from its job
    const { result, ...listed } = await job(all[0]!);
    expect(result).not.toBeUndefined();
    expect(first.items[0]).toEqual(listed);
  });

  it('loses nothing when the queue is emptied: the sweeper puts jobs and schedulers back', async () => {
    const queue = jobs.worker.get<Queue>(getQueueToken('trade'), { strict: false });
    await jobs.http
      .get(Schedules)
      .upsert({ service: 'trade', name: 'hourly-tick', kind: 'reconcile', everyMs: HOUR_MS });
    await eventually('the scheduler', async () => (await queue.getJobSchedulers()).length === 1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      ids.push(await submit('deployment.run', { a: i, b: 1 }));
      if (i === 2) await queue.obliterate({ force: true });
    }
    await queue.removeJobScheduler('hourly-tick');
    for (const id of ids) await inState(id, 'completed');
    await eventually('the scheduler put back', async () => (await queue.getJobSchedulers()).length === 1);
    await jobs.http.get(Schedules).remove('trade', 'hourly-tick');
  });

  it('takes over a job whose worker has gone silent', async () => {
    const id = newId();
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload, state, claimed_by, lease_until, attempts)
       VALUES ($1, 'trade', 'deployment.run', $2, '{"a":4,"b":4}', 'running', 'dead:1', now() - interval '1 second', 1)`,
      [id, jobs.owner.id],
    );
    expect(await inState(id, 'completed')).toMatchObject({ result: { sum: 8 }, attempts: 2 });
  });

  it('leaves a job alone whose lease is held by another worker', async () => {
    const id = newId();
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload, state, claimed_by, lease_until, attempts)
       VALUES ($1, 'trade', 'deployment.run', $2, '{"a":4,"b":4}', 'running', 'other:1', now() + interval '1 hour', 1)`,
      [id, jobs.owner.id],
    );
    await jobs.worker.get(JobWorker, { strict: false }).wake(id);
    expect(await job(id)).toMatchObject({ state: 'running', attempts: 1 });
  });

  it('submits one job per due tick, whoever notices it and however often', async () => {
    const schedules = jobs.http.get(Schedules);
    await schedules.upsert({
      service: 'trade',
      name: 'cron-tick',
      kind: 'reconcile',
      cron: '0 0 16 * * 1-5',
      tz: 'America/New_York',
    });
    await sql(`UPDATE ops.schedule SET next_at = now() - interval '3 days' WHERE name = 'cron-tick'`);
    await Promise.all([
      schedules.fire('trade', 'cron-tick'),
      schedules.fire('trade', 'cron-tick'),
      schedules.fireDue('trade'),
    ]);
    const rows = (await sql(`SELECT payload FROM ops.job WHERE dedupe_key LIKE 'schedule:cron-tick:%'`)) as unknown[];
    expect(rows).toHaveLength(1);
    const [{ next_at }] = (await sql(`SELECT next_at FROM ops.schedule WHERE name = 'cron-tick'`)) as [
      { next_at: Date },
    ];
    expect(next_at.getTime()).toBeGreaterThan(Date.now());
    await schedules.remove('trade', 'cron-tick');
  });

  it('refuses a wrong cron expression with field, rule and value', async () => {
    const wrong = { service: 'trade', name: 'x', kind: 'reconcile', cron: 'every day', tz: 'UTC' } as const;
    await expect(jobs.http.get(Schedules).upsert(wrong)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'cron' }],
    });
  });

  it('does not start a worker that lacks a handler or has two for one kind', async () => {
    await expect(
      createWorkerApp(jobWorker([AddNumbers, WaitForAbort]), { service: 'trade', listen: false }),
    ).rejects.toThrow('the trade worker cannot start: reconcile has no handler');
    await expect(
      createWorkerApp(jobWorker([AddNumbers, WaitForAbort, NoteTick, SecondTick]), { service: 'trade', listen: false }),
    ).rejects.toThrow('the trade worker cannot start: reconcile has two handlers');
  });
});
