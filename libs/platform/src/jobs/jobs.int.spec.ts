import { PersistenceModule, newId, Transactions } from '@assay/persistence';
import { createTestDatabase, createTestUser, describeOnStacks, eventually, useEnvironment } from '@assay/testing';
import type { TestDatabase, TestUser } from '@assay/testing';
import type { JobDocument } from '@assay/contracts';
import type { INestApplication } from '@nestjs/common';
import { Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import { createHttpApp, createWorkerApp } from '../http';
import { invalidField } from '../problem';
import type { JobContext, JobRunner } from './job-handler';
import { JobHandler } from './job-handler';
import { JobWorker } from './job-worker';
import { Jobs } from './jobs';
import { JobsModule } from './jobs.module';
import { Schedules } from './schedules';

const runs: { jobId: string; attempt: number; payload: unknown }[] = [];
const failOnce = new Set<string>();
let release: (() => void) | undefined;

const note = ({ jobId, attempt, payload }: JobContext): void => void runs.push({ jobId, attempt, payload });

@JobHandler('deployment.run')
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

@JobHandler('deployment.replay')
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

@JobHandler('reconcile')
@Injectable()
class NoteTick implements JobRunner<unknown, null> {
  run(context: JobContext): Promise<null> {
    note(context);
    return Promise.resolve(null);
  }
}

const persistence = PersistenceModule.forService({ service: 'trade', process: 'worker', entities: [] });

@Module({ imports: [persistence, JobsModule.forService({ service: 'trade', worker: false })] })
class HttpModule {}

@Module({
  imports: [persistence, JobsModule.forService({ service: 'trade', worker: true })],
  providers: [AddNumbers, WaitForAbort, NoteTick],
})
class WorkerModule {}

@Module({
  imports: [persistence, JobsModule.forService({ service: 'trade', worker: true })],
  providers: [AddNumbers, WaitForAbort],
})
class IncompleteWorkerModule {}

@JobHandler('reconcile')
@Injectable()
class SecondTick extends NoteTick {}

@Module({
  imports: [persistence, JobsModule.forService({ service: 'trade', worker: true })],
  providers: [AddNumbers, WaitForAbort, NoteTick, SecondTick],
})
class AmbiguousWorkerModule {}

describeOnStacks('jobs', (stack) => {
  let database: TestDatabase;
  let http: NestFastifyApplication;
  let worker: INestApplication;
  let owner: TestUser;
  let other: TestUser;

  beforeAll(async () => {
    database = await createTestDatabase(stack);
    useEnvironment({ ...database.env, ASSAY_SWEEP_MS: '200' });
    owner = await createTestUser(database.url, 'trader', ['trade:read', 'trade:write']);
    other = await createTestUser(database.url, 'trader', ['trade:read', 'trade:write']);
    http = await createHttpApp(HttpModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
    worker = await createWorkerApp(WorkerModule, { service: 'trade', listen: false });
  });

  afterAll(async () => {
    await worker?.close();
    await http?.close();
    await database?.drop();
  });

  beforeEach(() => {
    release = undefined;
  });

  const submit = async (kind: string, payload: unknown, dedupeKey?: string): Promise<string> => {
    const row = await http
      .get(Transactions)
      .run((em) => http.get(Jobs).submit(em, { service: 'trade', kind, ownerId: owner.id, payload, dedupeKey }));
    return row.id;
  };
  const call = async (method: 'GET' | 'POST', path: string, user = owner) =>
    http.inject({ method, url: `/api/v1/jobs${path}`, headers: user.headers });
  const job = async (id: string): Promise<JobDocument> => (await call('GET', `/${id}`)).json<JobDocument>();
  const inState = (id: string, state: JobDocument['state']): Promise<JobDocument> =>
    eventually(`state ${state} of job ${id}`, async () => {
      const found = await job(id);
      return found.state === state && found;
    });
  const sql = (text: string, values: unknown[] = []): Promise<unknown> => http.get(DataSource).query(text, values);

  it('is listed without reading its payload', async () => {
    const id = await submit('deployment.run', { a: 1, b: 2, ballast: 'x'.repeat(100_000) });
    const { result: _, ...shown } = await inState(id, 'completed');
    const { items } = await http
      .get(Jobs)
      .list({ ...owner, userId: owner.id, role: 'trader', scopes: [] }, { limit: 1 });
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items).length).toBeLessThan(2_000);
    expect((await call('GET', '?limit=1')).json()).toMatchObject({ items: [shown] });
  });

  it('is read with any key of its owner, and canceled or retried only with one that may start such a job', async () => {
    const made = await http.inject({
      method: 'POST',
      url: '/api/v1/auth/keys',
      headers: owner.headers,
      payload: { name: 'reader', scopes: ['trade:read'] },
    });
    const reader = { ...owner, headers: { authorization: `Bearer ${made.json<{ key: string }>().key}` } };
    const id = await submit('deployment.run', { a: 1, b: 2 });
    await inState(id, 'completed');
    await sql(`UPDATE ops.job SET state = 'failed' WHERE id = $1`, [id]);
    expect((await call('GET', `/${id}`, reader)).statusCode).toBe(200);
    for (const verb of ['cancel', 'retry']) {
      const answer = await call('POST', `/${id}/${verb}`, reader);
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { missing_scopes: ['trade:write'] }]);
    }
    expect((await job(id)).state).toBe('failed');
    expect((await call('POST', `/${id}/retry`, other)).statusCode).toBe(404);
    expect((await call('POST', `/${id}/retry`)).statusCode).toBe(200);
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
    await http.get(Transactions).run(async (em) => {
      await em.query(
        `INSERT INTO ops.job (id, service, kind, owner_id, payload) VALUES ($1, 'trade', 'deployment.run', $2, '{"a":1,"b":1}')`,
        [id, owner.id],
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
    const attempt = http.get(Transactions).run(async (em) => {
      const { id } = await http
        .get(Jobs)
        .submit(em, { service: 'trade', kind: 'reconcile', ownerId: owner.id, payload: {} });
      throw new Error(`rolled back ${id}`);
    });
    const message = await attempt.catch((error: Error) => error.message);
    const id = String(message).split(' ').at(-1)!;
    expect((await call('GET', `/${id}`)).statusCode).toBe(404);
  });

  it('keeps one open job per key', async () => {
    const [a, b] = [await submit('deployment.replay', {}, 'same'), await submit('deployment.replay', {}, 'same')];
    expect(b).toBe(a);
    await inState(a, 'running');
    await eventually('the handler', () => release !== undefined);
    release!();
    await inState(a, 'completed');
    expect(await submit('deployment.run', { a: 1, b: 1 }, 'same')).not.toBe(a);
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
      const answer = await call(method, `/${id}${path}`, other);
      expect([path, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([path, 404, 'not_found']);
    }
    expect((await call('GET', '', other)).json<{ items: unknown[] }>().items).toEqual([]);
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

  it('streams every change until the end', async () => {
    const id = await submit('deployment.replay', {});
    await eventually('the handler', () => release !== undefined);
    const pending = call('GET', `/${id}/stream`);
    // the stream has to stand before the job ends, on a busy machine too
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    release!();
    const { payload, headers } = await pending;
    expect(headers['content-type']).toContain('text/event-stream');
    expect(payload.match(/^event: \w+/gm)).toEqual(['event: running', 'event: completed']);
  });

  it('loses nothing when the queue is emptied: the sweeper puts jobs and schedulers back', async () => {
    const queue = worker.get<Queue>(getQueueToken('trade'), { strict: false });
    await http.get(Schedules).upsert({ service: 'trade', name: 'hourly-tick', kind: 'reconcile', everyMs: 3_600_000 });
    await eventually('the scheduler', async () => (await queue.getJobSchedulers()).length === 1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      ids.push(await submit('deployment.run', { a: i, b: 1 }));
      if (i === 2) await queue.obliterate({ force: true });
    }
    await queue.removeJobScheduler('hourly-tick');
    for (const id of ids) await inState(id, 'completed');
    await eventually('the scheduler put back', async () => (await queue.getJobSchedulers()).length === 1);
    await http.get(Schedules).remove('trade', 'hourly-tick');
  });

  it('takes over a job whose worker has gone silent', async () => {
    const id = newId();
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload, state, claimed_by, lease_until, attempts)
       VALUES ($1, 'trade', 'deployment.run', $2, '{"a":4,"b":4}', 'running', 'dead:1', now() - interval '1 second', 1)`,
      [id, owner.id],
    );
    expect(await inState(id, 'completed')).toMatchObject({ result: { sum: 8 }, attempts: 2 });
  });

  it('leaves a job alone whose lease is held by another worker', async () => {
    const id = newId();
    await sql(
      `INSERT INTO ops.job (id, service, kind, owner_id, payload, state, claimed_by, lease_until, attempts)
       VALUES ($1, 'trade', 'deployment.run', $2, '{"a":4,"b":4}', 'running', 'other:1', now() + interval '1 hour', 1)`,
      [id, owner.id],
    );
    await worker.get(JobWorker, { strict: false }).wake(id);
    expect(await job(id)).toMatchObject({ state: 'running', attempts: 1 });
  });

  it('submits one job per due tick, whoever notices it and however often', async () => {
    const schedules = http.get(Schedules);
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
    await expect(http.get(Schedules).upsert(wrong)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'cron' }],
    });
  });

  it('does not start a worker that lacks a handler or has two for one kind', async () => {
    await expect(createWorkerApp(IncompleteWorkerModule, { service: 'trade', listen: false })).rejects.toThrow(
      'the trade worker cannot start: reconcile has no handler',
    );
    await expect(createWorkerApp(AmbiguousWorkerModule, { service: 'trade', listen: false })).rejects.toThrow(
      'the trade worker cannot start: reconcile has two handlers',
    );
  });
});
