import type { AddressInfo } from 'node:net';
import { PersistenceModule } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import {
  createTestDatabase,
  createTestUser,
  eventually,
  useEnvironment,
  type TestDatabase,
  type TestUser,
} from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { createHttpApp } from '../http';
import { JobsModule } from '../jobs';

@Module({
  imports: [
    PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] }),
    JobsModule.forService({ service: 'trade', worker: false }),
  ],
})
class EmptyTrade {}

describe('the stream of changes', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let ann: TestUser;
  let bob: TestUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    app = await createHttpApp(EmptyTrade, { service: 'trade', globalPrefix: 'api/v1', listen: false });
    await app.listen(0, '127.0.0.1');
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    [ann, bob] = [await createTestUser(database.url), await createTestUser(database.url)];
  });
  afterAll(async () => {
    await sql?.end();
    await app?.close();
    await database?.drop();
  });

  async function open(headers: Record<string, string>) {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const stop = new AbortController();
    const url = `http://127.0.0.1:${port}/api/v1/stream`;
    const answer = await fetch(url, { headers, signal: stop.signal });
    const seen = { text: '', ended: false, stop: () => stop.abort() };
    const read = async (): Promise<void> => {
      for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) seen.text += chunk;
    };
    void read()
      .catch(() => undefined)
      .then(() => (seen.ended = true));
    await eventually('its beginning', () => seen.text.includes('\n\n'));
    return seen;
  }

  const addAccount = async (ownerId: string): Promise<string> => {
    const id = newId();
    await sql.query(
      `INSERT INTO trade.account (account_id, owner_id, name, broker, paper, purpose, currency, can_short, trading_state, limits, version,
         created_at, updated_at) VALUES ($1, $2, 'a', 'PAPER', true, 'trading', 'USD', true, 'ACTIVE', '{}', 1, now(), now())`,
      [id, ownerId],
    );
    return id;
  };
  const lastId = (text: string): string =>
    text
      .match(/^id: (.+)$/gm)!
      .at(-1)!
      .slice(4);

  it('tells what another process has written, to its owner alone', async () => {
    const [hers, his] = [await open(ann.headers), await open(bob.headers)];
    const id = await addAccount(ann.id);
    const own = await addAccount(bob.id);
    await eventually('the change', () => hers.text.includes(id));
    await eventually('the change', () => his.text.includes(own));
    expect(hers.text).toMatch(new RegExp(`event: change\\ndata: {"kind":"account","id":"${id}","at":"[^"]+"}\\n\\n`));
    expect([hers.text.includes(own), his.text.includes(id)]).toEqual([false, false]);
    hers.stop();
    his.stop();
  });

  it('tells who comes back what he missed, and who cannot be told, to ask anew', async () => {
    const first = await open(ann.headers);
    const seen = lastId(first.text);
    first.stop();
    const id = await addAccount(ann.id);
    const again = await open({ ...ann.headers, 'last-event-id': seen });
    await eventually('the missed change', () => again.text.includes(id));
    expect(again.text).not.toContain('event: reset');
    const lost = await open({ ...ann.headers, 'last-event-id': 'another-1' });
    expect(lost.text).toContain('event: reset');
    again.stop();
    lost.stop();
  });

  it('ends with the key that it was opened with', async () => {
    const made = await app.inject({
      ...{ method: 'POST', url: '/api/v1/auth/keys', headers: ann.headers, payload: { name: 'watcher' } },
    });
    const { id, key } = made.json<{ id: string; key: string }>();
    const watched = await open({ authorization: `Bearer ${key}` });
    await app.inject({ method: 'DELETE', url: `/api/v1/auth/keys/${id}`, headers: ann.headers });
    await eventually('its end', () => watched.ended);
  });
});
