import { EVENT_SUBJECTS } from '@assay/contracts';
import { DatabaseProbe } from '@assay/persistence';
import { invalidField } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, describeOnStacks, eventually, useEnvironment } from '@assay/testing';
import type { TestDatabase } from '@assay/testing';
import type { INestApplication } from '@nestjs/common';
import { removeStream, sendText } from '../fixtures/nats-stream';
import { waitingInOutboxes, waitingOnBus } from '../health/event-lag';
import { OutboxRelay } from './outbox-relay';
import {
  around,
  caughtUp,
  DEMOTED,
  effects,
  outbox,
  prepare,
  publish,
  research,
  startConsumer,
  type Demoted,
} from '../fixtures/effect-consumer';

describeOnStacks('events', (stack) => {
  let database: TestDatabase;
  let relay: OutboxRelay | undefined;
  let consumers: INestApplication[] = [];

  const start = async (): Promise<INestApplication> => {
    const app = await startConsumer();
    consumers.push(app);
    return app;
  };
  const names = () => ({ natsUrl: stack.natsUrl!, streamPrefix: database.env.ASSAY_STREAM_PREFIX! });
  const startRelay = (): void => {
    if (!stack.natsUrl) return;
    relay = new OutboxRelay('research', research, {
      url: stack.natsUrl,
      streamPrefix: database.env.ASSAY_STREAM_PREFIX!,
    });
    relay.start();
  };

  beforeEach(async () => {
    database = await createTestDatabase(stack);
    await prepare({ eventually, useEnvironment }, database);
    startRelay();
  });

  afterEach(async () => {
    await Promise.all(consumers.map((app) => app.close()));
    consumers = [];
    await relay?.close();
    await research.destroy();
    await database.drop();
  });

  it('are known to wait until they are done', async () => {
    const probe = new DatabaseProbe();
    const nats = { url: stack.natsUrl!, streamPrefix: database.env.ASSAY_STREAM_PREFIX!, timeoutMs: 5_000 };
    const waiting = (service: 'portfolio' | 'research'): Promise<number | null> =>
      stack.natsUrl ? waitingOnBus(probe, service, nats) : waitingInOutboxes(probe, service);
    const noneWait = (service: 'portfolio' | 'research') => async () => (await waiting(service)) === null;
    try {
      await start();
      const first = await publish(newId());
      await caughtUp([first.id]);
      await eventually('nothing waiting', noneWait('portfolio'));

      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      around.before = () => held;
      const second = await publish(newId());
      await eventually('an event waiting for its consumer', async () => (await waiting('portfolio')) !== null);
      goOn();
      await caughtUp([first.id, second.id]);
      await eventually('nothing waiting again', noneWait('portfolio'));

      if (!stack.natsUrl) return;
      await eventually('everything relayed', noneWait('research'));
      await relay!.close();
      await publish(newId());
      expect(await waiting('research')).toBeGreaterThanOrEqual(0);
      startRelay();
      await eventually('everything relayed again', noneWait('research'));
    } finally {
      await probe.onApplicationShutdown();
    }
  });

  it('reach a consumer that was away, in order, each once in effect', async () => {
    const strategy = newId();
    const ids = [(await publish(strategy)).id, (await publish(strategy)).id];
    await start();
    ids.push((await publish(strategy)).id);
    await caughtUp(ids);
    expect(await effects()).toEqual(ids);
  });

  it('have one effect with two processes of the service and restarts in between', async () => {
    const ids: string[] = [];
    await start();
    await start();
    for (let i = 0; i < 10; i += 1) ids.push((await publish(newId())).id);
    await consumers.shift()!.close();
    await start();
    for (let i = 0; i < 10; i += 1) ids.push((await publish(newId())).id);
    await caughtUp(ids);
    expect((await effects()).sort()).toEqual([...ids].sort());
  });

  it('are delivered again after an error, and the failed attempts leave no effect', async () => {
    let failures = 0;
    around.after = () => {
      if (failures >= 2) return Promise.resolve();
      failures += 1;
      return Promise.reject(new Error('connection to the venue lost'));
    };
    await start();
    const { id } = await publish(newId());
    await caughtUp([id]);
    expect(failures).toBe(2);
    expect(await effects()).toEqual([id]);
  });

  it('that the handler refuses are set aside with the reason, and do not hold up the next', async () => {
    around.before = (event) =>
      event.data.reason === 'bad'
        ? Promise.reject(invalidField('reason', 'known', 'bad', 'reason must be known, was bad'))
        : Promise.resolve();
    await start();
    const bad = await publish(newId(), 'bad');
    const good = await publish(newId(), 'good');
    await caughtUp([good.id]);
    expect(await effects()).toEqual([good.id]);
    expect(await research.query('SELECT event_id, code FROM portfolio.event_refused')).toEqual([
      { event_id: bad.id, code: 'validation_failed' },
    ]);
  });

  it.each<[string, (event: Demoted) => unknown, string]>([
    [
      'payload',
      (event) => ({ ...event, data: { ...event.data, revision: '1' } }),
      'data.revision must be an integer, was "1"',
    ],
    ['envelope', ({ sequence: _, ...event }) => event, 'sequence must be given, was missing'],
    [
      'type',
      (event) => ({ ...event, type: 'strategy.promoted' }),
      'type must be one of strategy.demoted, was "strategy.promoted"',
    ],
    ['id', ({ id: _, ...event }) => event, 'id must be given, was missing'],
  ])(
    'whose %s is not what the subject carries are set aside unhandled, and do not hold up the next',
    async (...row) => {
      const [, change, message] = row;
      const id = newId();
      await research.transaction(async (em) => {
        const right = await outbox.publish(em, {
          type: 'strategy.demoted',
          aggregateId: id,
          data: { strategy_id: id, owner_id: newId(), revision: 1, reason: '' },
        });
        await em.query(`UPDATE research.outbox SET id = $1, envelope = $2 WHERE id = $3`, [
          id,
          JSON.stringify(change({ ...right, id })),
          right.id,
        ]);
      });
      await start();
      const good = await publish(newId());
      await caughtUp([good.id]);
      expect(await effects()).toEqual([good.id]);
      expect(await research.query('SELECT event_id, code, message FROM portfolio.event_refused')).toEqual([
        { event_id: id, code: 'validation_failed', message },
      ]);
      expect(await research.query('SELECT envelope FROM portfolio.event_refused')).toEqual(
        await research.query('SELECT envelope FROM research.outbox WHERE id = $1', [id]),
      );
    },
  );

  // in the outbox every envelope is JSON
  if (stack.kind === 'full') {
    (stack.natsUrl ? it : it.skip)('that are no JSON at all are set aside, as the text they are', async () => {
      const first = await publish(newId());
      await start();
      await caughtUp([first.id]);
      await sendText(names(), DEMOTED, 'no \u0000 json');
      const next = await publish(newId());
      await caughtUp([next.id]);
      expect(await research.query('SELECT envelope, message FROM portfolio.event_refused')).toEqual([
        {
          envelope: 'no \ufffd json',
          message: 'event without an id must be in the outbox of research as it came, was sent past it',
        },
      ]);
    });

    (stack.natsUrl ? it : it.skip)('whose message id others have used are sent all the same', async () => {
      await start();
      const { id } = await research.transaction(async (em) => {
        const event = await outbox.publish(em, {
          type: 'strategy.demoted',
          aggregateId: newId(),
          data: { strategy_id: newId(), owner_id: newId(), revision: 1, reason: '' },
        });
        await sendText(names(), DEMOTED, '{}', event.id);
        return event;
      });
      await caughtUp([id]);
      expect(await effects()).toEqual([id]);
    });

    (stack.natsUrl ? it : it.skip)(
      'that are sent past the outbox change nothing, and cost no event its place',
      async () => {
        const strategy = newId();
        const first = await publish(strategy);
        await start();
        await caughtUp([first.id]);
        const send = (event: object): Promise<void> => sendText(names(), DEMOTED, JSON.stringify(event));
        // made up, and far ahead in the sequence of the strategy
        const madeUp = { ...first, id: newId(), sequence: 1_000 };
        await send(madeUp);
        // what was published, under another id, and altered under its own
        await send({ ...first, id: newId() });
        await send({ ...first, data: { ...(first.data as object), revision: 7 } });
        await send({ ...first, id: 'no id' });
        // published while its forgery is on the bus already
        const { id } = await research.transaction(async (em) => {
          const event = await outbox.publish(em, {
            type: 'strategy.demoted',
            aggregateId: strategy,
            data: { strategy_id: strategy, owner_id: newId(), revision: 1, reason: '' },
          });
          await send({ ...event, data: { ...event.data, revision: 9 } });
          return event;
        });
        await caughtUp([id]);
        // no text as id, deeper than any document, nothing at all, and what was published under another subject
        for (const text of ['{"id":{"toString":1}}', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'null'])
          await sendText(names(), DEMOTED, text);
        await sendText(names(), EVENT_SUBJECTS['strategy.promoted'], JSON.stringify(first));
        const last = await publish(strategy);
        await caughtUp([last.id]);
        expect(await effects()).toEqual([first.id, id, last.id]);
        const refused = await research.query('SELECT code, message FROM portfolio.event_refused');
        expect(refused).toHaveLength(8);
        expect(refused).toContainEqual({
          code: 'not_published',
          message: `event ${madeUp.id} must be in the outbox of research as it came, was sent past it`,
        });
        expect(new Set(refused.map(({ code }: { code: string }) => code))).toEqual(new Set(['not_published']));
      },
    );
  }

  it('that commit late are not skipped', async () => {
    await start();
    const late = research.createQueryRunner();
    await late.startTransaction();
    const first = await outbox.publish(late.manager, {
      type: 'strategy.demoted',
      aggregateId: newId(),
      data: { strategy_id: newId(), owner_id: newId(), revision: 1, reason: '' },
    });
    // Another transaction wants to publish meanwhile; it must not become visible with a higher position first.
    const second = publish(newId());
    await eventually('the second publisher waiting', async () => {
      const [{ n }] = (await research.query(
        `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )) as [{ n: number }];
      return n === 1;
    });
    expect(await effects()).toEqual([]);
    await late.commitTransaction();
    await late.release();
    const ids = [first.id, (await second).id];
    await caughtUp(ids);
    expect(await effects()).toEqual(ids);
  });

  it('of a transaction that rolls back are never delivered', async () => {
    await start();
    const failed = research.transaction(async (em) => {
      await outbox.publish(em, {
        type: 'strategy.demoted',
        aggregateId: newId(),
        data: { strategy_id: newId(), owner_id: newId(), revision: 1, reason: '' },
      });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const { id } = await publish(newId());
    await caughtUp([id]);
    expect(await effects()).toEqual([id]);
  });

  it('with a sequence below the last one seen of the aggregate are ignored', async () => {
    const strategy = newId();
    await publish(strategy);
    const newer = await publish(strategy);
    // The order of arrival is turned round.
    await research.query(
      `UPDATE research.outbox SET position = nextval('research.outbox_position') WHERE sequence = 1`,
    );
    await relay?.close();
    if (stack.natsUrl) {
      await removeStream(names());
      startRelay();
    }
    await start();
    const last = await publish(newId());
    await caughtUp([last.id]);
    expect((await effects())[0]).toBe(newer.id);
    expect(await effects()).toHaveLength(2);
  });
});
