import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, eventually, serverBinary, stacks, startServer, useEnvironment } from '@assay/testing';
import type { OwnServer, TestDatabase } from '@assay/testing';
import type { INestApplication } from '@nestjs/common';
import { OutboxRelay } from './outbox-relay';
import { caughtUp, effects, prepare, publish, research, startConsumer } from '../fixtures/effect-consumer';

const canRunNats = serverBinary('nats') !== undefined;
(canRunNats ? describe : describe.skip)(
  `an outage of NATS${canRunNats ? '' : ': skipped, nats-server is not in PATH'}`,
  () => {
    let database: TestDatabase;
    let nats: OwnServer;
    let relay: OutboxRelay;
    let consumer: INestApplication;
    let dir: string;

    beforeEach(async () => {
      dir = mkdtempSync(join(tmpdir(), 'assay-nats-'));
      nats = await startServer('nats', { dir });
      database = await createTestDatabase(stacks()[0]);
      database.env.NATS_URL = nats.url;
      await prepare({ eventually, useEnvironment }, database);
      relay = new OutboxRelay('research', research, { url: nats.url, streamPrefix: database.env.ASSAY_STREAM_PREFIX! });
      relay.start();
      consumer = await startConsumer();
    });

    afterEach(async () => {
      await consumer.close();
      await relay.close();
      await nats.stop();
      await research.destroy();
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    });

    it('in mid-flow loses nothing and doubles nothing', async () => {
      const ids = [(await publish(newId())).id];
      await caughtUp(ids);
      await nats.stop();
      ids.push((await publish(newId())).id, (await publish(newId())).id);
      await nats.start();
      ids.push((await publish(newId())).id);
      await caughtUp(ids);
      expect(await effects()).toEqual(ids);
    });

    it('that comes back without its data loses nothing either', async () => {
      const ids = [(await publish(newId())).id];
      await caughtUp(ids);
      await consumer.close();
      // This one is handed to NATS and lost there before anybody has consumed it.
      ids.push((await publish(newId())).id);
      await eventually('the hand-over', async () => {
        const [{ n }] = (await research.query(
          `SELECT count(*)::int AS n FROM research.event_cursor c
         WHERE consumer = 'relay' AND position = (SELECT max(position) FROM research.outbox)`,
        )) as [{ n: number }];
        return n === 1;
      });
      await nats.stop();
      rmSync(dir, { recursive: true, force: true });
      await nats.start();
      consumer = await startConsumer();
      await caughtUp(ids);
      expect(await effects()).toEqual(ids);
    });
  },
);
