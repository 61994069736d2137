import type { EventData } from '@assay/contracts';
import { createDataSource, databaseSettings, Outbox } from '@assay/persistence';
import { createHttpApp } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, createTestUser, describeOnStacks, eventually, useEnvironment } from '@assay/testing';
import type { TestDatabase, TestUser } from '@assay/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OutboxRelay } from '@assay/platform';
import type { DataSource } from 'typeorm';
import { PortfolioModule } from './portfolio.module';

interface Weights {
  items: { strategy_id: string; weight: number }[];
}

const promotion = (strategyId: string, ownerId: string): EventData['strategy.promoted'] => ({
  strategy_id: strategyId,
  owner_id: ownerId,
  name: 'planted edge',
  revision: 1,
  config_hash: 'c'.repeat(64),
  artifact_sha256: null,
  policy: 'default',
  expected_return: 0.1,
  sharpe: 1.2,
  max_drawdown: 0.1,
  turnover: 3,
  confidence: 0.97,
  evidence: {
    evidence_id: newId(),
    strategy_id: strategyId,
    revision: 1,
    config_hash: 'c'.repeat(64),
    artifact_sha256: null,
    policy: 'default',
    paper_only: false,
    synthetic: false,
    series: [],
    backtest_id: newId(),
    walk_forward_id: null,
    cpcv_id: null,
    verdicts: [],
    promoted_by: ownerId,
    promoted_at: new Date().toISOString(),
  },
  strategy_json: [{ symbol: 'EDGE', uri: `sha256:${'a'.repeat(64)}`, sha256: 'a'.repeat(64) }],
});

describeOnStacks('the portfolio service', (stack) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let research: DataSource;
  let relay: OutboxRelay | undefined;
  let owner: TestUser;
  let other: TestUser;
  const outbox = new Outbox();

  beforeAll(async () => {
    database = await createTestDatabase(stack);
    useEnvironment(database.env);
    owner = await createTestUser(database.url);
    other = await createTestUser(database.url, 'trader', ['research:read']);
    research = await createDataSource({ ...databaseSettings(), entities: [] }).initialize();
    if (stack.natsUrl) {
      relay = new OutboxRelay('research', research, {
        url: stack.natsUrl,
        streamPrefix: database.env.ASSAY_STREAM_PREFIX!,
      });
      relay.start();
    }
    app = await createHttpApp(PortfolioModule, { service: 'portfolio', globalPrefix: '', events: true, listen: false });
  });

  afterAll(async () => {
    await app?.close();
    await relay?.close();
    await research?.destroy();
    await database?.drop();
  });

  const weights = async (user: TestUser): Promise<Weights> => {
    const answer = await app.inject({ method: 'GET', url: '/weights', headers: user.headers });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };

  it('gives each promoted strategy of the owner the same weight, and takes demoted ones out', async () => {
    const [a, b] = [newId(), newId()];
    await research.transaction(async (em) => {
      await outbox.publish(em, { type: 'strategy.promoted', aggregateId: a, data: promotion(a, owner.id) });
      await outbox.publish(em, { type: 'strategy.promoted', aggregateId: b, data: promotion(b, owner.id) });
    });
    const two = await eventually('both promotions', async () => {
      const answer = await weights(owner);
      return answer.items.length === 2 && answer;
    });
    expect(two.items.map(({ strategy_id, weight }) => [strategy_id, weight])).toEqual([
      [a, 0.5],
      [b, 0.5],
    ]);

    await research.transaction((em) =>
      outbox.publish(em, {
        type: 'strategy.demoted',
        aggregateId: a,
        data: { strategy_id: a, owner_id: owner.id, revision: 1, reason: 'test' },
      }),
    );
    const one = await eventually('the demotion', async () => {
      const answer = await weights(owner);
      return answer.items.length === 1 && answer;
    });
    expect(one.items).toEqual([expect.objectContaining({ strategy_id: b, weight: 1 })]);
  });

  it('shows nobody the strategies of somebody else', async () => {
    expect((await weights(other)).items).toEqual([]);
  });

  it('refuses a method that is not there with those that are', async () => {
    const ask = (query: string) => app.inject({ method: 'GET', url: `/weights${query}`, headers: owner.headers });
    expect((await ask('?method=equal')).json()).toMatchObject({ method: 'equal' });
    const refused = await ask('?method=hrp');
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors).toEqual([
      { field: 'method', rule: 'enum', value: 'hrp', message: 'method must be one of equal, was "hrp"' },
    ]);
  });

  it('is closed without a credential, and open for the health check', async () => {
    const closed = await app.inject({ method: 'GET', url: '/weights' });
    expect(closed.statusCode).toBe(401);
    expect(closed.headers['content-type']).toContain('application/problem+json');
    expect(closed.json()).toMatchObject({ code: 'unauthenticated', status: 401, instance: '/weights' });
    const health = await app.inject({ method: 'GET', url: '/health' });
    expect(health.json()).toMatchObject({ status: 'ok', service: 'portfolio' });
  });
});
