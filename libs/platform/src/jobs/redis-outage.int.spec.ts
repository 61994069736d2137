import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transactions } from '@assay/persistence';
import { createTestDatabase, eventually, serverBinary, startServer, useEnvironment } from '@assay/testing';
import type { OwnServer, TestDatabase } from '@assay/testing';
import type { INestApplication } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import { jobWorker } from '../fixtures/job-stack';
import { createWorkerApp } from '../http';
import type { JobContext, JobRunner } from './job-handler';
import { handles } from '../fixtures/handles';
import { Jobs } from './jobs';
import { Schedules } from './schedules';

@handles('deployment.run')
@Injectable()
class Square implements JobRunner<{ n: number }, number> {
  run({ payload }: JobContext<{ n: number }>): Promise<number> {
    return Promise.resolve(payload.n ** 2);
  }
}

@handles('deployment.replay')
@Injectable()
class Replay extends Square {}

@handles('reconcile')
@Injectable()
class Reconcile extends Square {}

const canRun = serverBinary('redis') !== undefined;
const skipped = canRun ? '' : ': skipped, redis-server is not in PATH';

(canRun ? describe : describe.skip)(`an outage of a Redis without persistence${skipped}`, () => {
  let database: TestDatabase;
  let redis: OwnServer;
  let worker: INestApplication;
  let dir: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'assay-redis-'));
    redis = await startServer('redis', { dir });
    database = await createTestDatabase();
    useEnvironment({ ...database.env, REDIS_URL: redis.url, ASSAY_SWEEP_MS: '200' });
    worker = await createWorkerApp(jobWorker([Square, Replay, Reconcile]), { service: 'trade', listen: false });
  });

  afterAll(async () => {
    await worker?.close();
    await redis?.stop();
    await database?.drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const submit = async (n: number): Promise<void> => {
    await worker
      .get(Transactions)
      .run((em) =>
        worker.get(Jobs).submitStored(em, { service: 'trade', kind: 'deployment.run', ownerId: null, payload: { n } }),
      );
  };
  const results = async (): Promise<number[]> => {
    const rows = (await worker
      .get(DataSource)
      .query(`SELECT result FROM ops.job WHERE state = 'completed' AND kind = 'deployment.run' ORDER BY id`)) as {
      result: number;
    }[];
    return rows.map(({ result }) => result);
  };

  it('in mid-flow loses no job and no schedule, and jobs go on while it lasts', async () => {
    const queue = worker.get<Queue>(getQueueToken('trade'), { strict: false });
    await worker
      .get(Schedules)
      .upsert({ service: 'trade', name: 'nightly', kind: 'reconcile', cron: '0 0 2 * * *', tz: 'UTC' });
    await submit(1);
    await eventually('the first result', async () => (await results()).length === 1);
    await eventually('the scheduler', async () => (await queue.getJobSchedulers()).length === 1);

    await redis.stop();
    await submit(2);
    await submit(3);
    await eventually('the results during the outage', async () => (await results()).length === 3);

    await redis.start();
    await submit(4);
    await eventually('the results after it', async () => (await results()).length === 4);
    expect(await results()).toEqual([1, 4, 9, 16]);
    await eventually('the scheduler put back', async () => (await queue.getJobSchedulers()).length === 1);
  });
});
