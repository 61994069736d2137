import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudEvent } from '@assay/contracts';
import { createDataSource, databaseSettings, Outbox } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, eventually, serverBinary, stacks, startServer, useEnvironment } from '@assay/testing';
import type { OwnServer, TestDatabase } from '@assay/testing';
import type { JetStreamManager, NatsConnection } from 'nats';
import { connect } from 'nats';
import type { DataSource } from 'typeorm';
import type { AssayEventContext } from './event-context';
import { NatsTransport } from './nats-transport';
import { OutboxRelay } from './outbox-relay';

const SUBJECT = 'assay.research.strategy.demoted.v1';
const given = stacks().find(({ natsUrl }) => natsUrl)?.natsUrl;
const canRun = given !== undefined || serverBinary('nats') !== undefined;
const skipped = canRun ? '' : ': skipped, neither NATS_URL nor nats-server in PATH';

(canRun ? describe : describe.skip)(`a stream that loses messages${skipped}`, () => {
  let dir: string;
  let own: OwnServer | undefined;
  let database: TestDatabase;
  let source: DataSource;
  let connection: NatsConnection;
  let manager: JetStreamManager;
  let stream: string;
  let nats: { url: string; streamPrefix: string };
  let relay: OutboxRelay;
  let consumer: NatsTransport | undefined;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'assay-refill-'));
    if (!given) own = await startServer('nats', { dir });
  });

  afterAll(async () => {
    await own?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    database = await createTestDatabase(stacks()[0]);
    useEnvironment(database.env);
    source = await createDataSource({ ...databaseSettings(), entities: [] }).initialize();
    await source.query('CREATE TABLE portfolio.effect (n serial PRIMARY KEY, event_id uuid)');
    nats = { url: given ?? own!.url, streamPrefix: database.env.ASSAY_STREAM_PREFIX! };
    stream = nats.streamPrefix.toUpperCase();
    connection = await connect({ servers: nats.url });
    manager = await connection.jetstreamManager();
    relay = new OutboxRelay('research', source, nats);
    consumer = undefined;
  });

  afterEach(async () => {
    await consumer?.close();
    await relay.close();
    await manager.streams.delete(stream).catch(() => undefined);
    await connection.close();
    await source.destroy();
    await database.drop();
  });

  const publish = async (): Promise<string> => {
    const id = newId();
    const data = { strategy_id: id, owner_id: newId(), revision: 1, reason: '' };
    const event = await source.transaction((em) =>
      new Outbox().publish(em, { type: 'strategy.demoted', aggregateId: id, data }),
    );
    return event.id;
  };
  const consume = (): void => {
    consumer = new NatsTransport({ service: 'portfolio', dataSource: source, nats });
    const effect = async (event: CloudEvent, context: AssayEventContext): Promise<void> => {
      await context.manager.query('INSERT INTO portfolio.effect (event_id) VALUES ($1)', [event.id]);
    };
    consumer.addHandler(SUBJECT, effect as never, true);
    consumer.listen(() => undefined);
  };
  const effects = async (): Promise<string[]> =>
    (await source.query<{ event_id: string }[]>('SELECT event_id FROM portfolio.effect ORDER BY n')).map(
      ({ event_id }) => event_id,
    );
  const effectsOf = (ids: string[]): Promise<string[]> =>
    eventually('the effects', async () => {
      const found = await effects();
      return ids.every((id) => found.includes(id)) && found;
    });
  const stored = (n: number): Promise<unknown> =>
    eventually(`${n} messages`, async () => {
      const info = await manager.streams.info(stream).catch(() => undefined);
      return info?.state.messages === n;
    });

  it('by a purge is filled again, as often as it happens, and each event has one effect', async () => {
    const ids = [await publish(), await publish()];
    relay.start();
    await stored(2);
    for (let purge = 0; purge < 3; purge += 1) {
      await manager.streams.purge(stream);
      await stored(2);
    }
    consume();
    ids.push(await publish());
    expect(await effectsOf(ids)).toEqual(ids);
    // Sent once more to a consumer that has had them all: a purge after the fact changes nothing.
    await manager.streams.purge(stream);
    await stored(3);
    ids.push(await publish());
    expect(await effectsOf(ids)).toEqual(ids);
  });

  it('by a deletion in its middle gets it back', async () => {
    const ids = [await publish(), await publish(), await publish()];
    relay.start();
    await stored(3);
    await manager.streams.deleteMessage(stream, 2);
    await stored(3);
    consume();
    expect((await effectsOf(ids)).sort()).toEqual([...ids].sort());
  });

  it('after which its place is set back is sent what is missing, and only that', async () => {
    const ids = [await publish(), await publish()];
    relay.start();
    await stored(2);
    await relay.close();
    await source.query(`UPDATE research.event_cursor SET position = 0 WHERE consumer = 'relay'`);
    relay = new OutboxRelay('research', source, nats);
    relay.start();
    await eventually('its place at the end again', async () => {
      const [{ n }] = await source.query<[{ n: number }]>(
        `SELECT count(*)::int AS n FROM research.event_cursor
         WHERE consumer = 'relay' AND position = (SELECT max(position) FROM research.outbox)`,
      );
      return n === 1;
    });
    await stored(2);
    consume();
    expect(await effectsOf(ids)).toEqual(ids);
  });

  it('by limits that its operator has set is not filled again', async () => {
    await manager.streams.add({ name: stream, subjects: [`${nats.streamPrefix}.>`], max_msgs: 1 });
    for (let i = 0; i < 3; i += 1) await publish();
    relay.start();
    await eventually('the last one', async () => (await manager.streams.info(stream)).state.last_seq === 3);
    const last = await publish();
    await eventually('one more', async () => (await manager.streams.info(stream)).state.last_seq === 4);
    consume();
    expect(await effectsOf([last])).toEqual([last]);
    expect((await manager.streams.info(stream)).state.last_seq).toBe(4);
  });
});
