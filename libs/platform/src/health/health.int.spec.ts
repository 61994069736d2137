import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, useEnvironment, type TestDatabase } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { createHttpApp } from '../http';
import { HealthMonitor } from './health-monitor';

@Module({ imports: [PersistenceModule.forService({ service: 'research', process: 'http', entities: [] })] })
class EmptyModule {}

describe('the health of a service', () => {
  let database: TestDatabase;
  let sql: Client;
  const started: NestFastifyApplication[] = [];

  const start = async (env: Record<string, string> = {}): Promise<NestFastifyApplication> => {
    useEnvironment({ ...database.env, ...env });
    const app = await createHttpApp(EmptyModule, { service: 'research', globalPrefix: 'api', listen: false });
    started.push(app);
    return app;
  };
  const healthOf = async (app: NestFastifyApplication) => {
    const answer = await app.inject({ method: 'GET', url: '/api/health' });
    return { code: answer.statusCode, ...answer.json<{ checks: Record<string, object> }>() };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });

  afterAll(async () => {
    await Promise.all(started.map((app) => app.close()));
    await sql?.end();
    await database?.drop();
  });

  it('is measured: the answer of each backend, and how long the oldest due job has waited', async () => {
    await sql.query(
      `INSERT INTO ops.job (id, service, kind, payload, run_after)
       VALUES (gen_random_uuid(), 'research', 'backtest.execute', '{}', now() - interval '10 minutes')`,
    );
    const { code, checks } = await healthOf(await start());
    expect(code).toBe(200);
    expect(checks.database).toEqual({ status: 'ok', backend: 'postgres', latency_ms: expect.any(Number) });
    expect(checks.jobs).toMatchObject({ status: 'delayed', backend: 'postgres' });
    expect((checks.jobs as { waiting_s: number }).waiting_s).toBeGreaterThanOrEqual(600);
    expect(checks.events).toEqual({
      status: 'ok',
      backend: 'postgres',
      latency_ms: expect.any(Number),
      waiting_s: null,
    });
  });

  /** An event of `trade` that was published so long ago; the place of the outbox it has. */
  const publishedAgo = async (interval: string): Promise<string> => {
    const { rows } = await sql.query<{ position: string }>(
      `INSERT INTO trade.outbox (id, type, subject, aggregate_id, sequence, envelope, created_at)
       VALUES (gen_random_uuid(), 'order.filled', 'assay.trade.order.filled.v1', 'x', 1, '{}', now() - $1::interval)
       RETURNING position`,
      [interval],
    );
    return rows[0]!.position;
  };

  it('says how long the oldest event has waited that the service has not done', async () => {
    const place = await publishedAgo('10 minutes');
    await sql.query(`INSERT INTO research.event_cursor (consumer, source, position) VALUES ('research', 'trade', 0)`);
    const late = await healthOf(await start());
    expect(late.code).toBe(200);
    expect(late.checks.events).toMatchObject({ status: 'delayed' });
    expect((late.checks.events as { waiting_s: number }).waiting_s).toBeGreaterThanOrEqual(600);

    await publishedAgo('10 seconds');
    await sql.query(`UPDATE research.event_cursor SET position = $1`, [place]);
    const { events } = (await healthOf(await start())).checks as unknown as { events: { waiting_s: number } };
    expect(events).toMatchObject({ status: 'ok' });
    expect(events.waiting_s).toBeGreaterThanOrEqual(10);
    expect(events.waiting_s).toBeLessThan(60);
  });

  it('says which backend is away, and fails for the database alone', async () => {
    const app = await start({ REDIS_URL: 'redis://127.0.0.1:1', NATS_URL: 'nats://127.0.0.1:1' });
    const { code, checks } = await healthOf(app);
    expect(code).toBe(200);
    expect(checks.jobs).toMatchObject({ status: 'failed', backend: 'redis', latency_ms: null });
    expect(checks.events).toMatchObject({ status: 'failed', backend: 'nats', latency_ms: null });
  });

  it('is asked once by many who ask at the same time', async () => {
    const app = await start();
    const monitor = app.get(HealthMonitor, { strict: false });
    const asked = await Promise.all(Array.from({ length: 50 }, () => monitor.current()));
    expect(new Set(asked).size).toBe(1);
  });
});
