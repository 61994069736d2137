import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase, type TestUser } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../http';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

describe('the audit', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let admin: TestUser;
  let trader: TestUser;

  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, key: string, payload?: object) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await app.inject({ method, url: `/api/v1/auth${path}`, headers, payload });
    return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() };
  };
  const listed = async (key: string, query = ''): Promise<string[][]> =>
    (await call('GET', `/audit${query}`, key)).body.items.map((row: Record<string, string>) => [row.actor, row.action]);

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    app = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
    admin = await createTestUser(database.url, 'admin', ['admin']);
    trader = await createTestUser(database.url, 'trader', ['trade:read', 'trade:write']);
    const made = await call('POST', '/keys', trader.key, { name: 'bot' });
    await call('DELETE', `/keys/${made.body.id}`, trader.key);
    await call('POST', '/users', admin.key, { username: 'someone', role: 'viewer' });
    const guess = { username: 'someone', password: 'a wrong password' };
    expect((await call('POST', '/token', '', guess)).status).toBe(401);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('shows everybody their own doing, newest first, and administrators everything', async () => {
    const { username } = trader;
    expect(await listed(trader.key)).toEqual([
      [username, 'key.revoked'],
      [username, 'key.created'],
    ]);
    expect(await listed(admin.key)).toEqual([
      ['someone', 'login.refused'],
      [admin.username, 'user.created'],
      [username, 'key.revoked'],
      [username, 'key.created'],
    ]);
    expect(await listed(admin.key, '?mine=true')).toEqual([[admin.username, 'user.created']]);
    // what is asked for does not widen what may be seen
    expect(await listed(trader.key, '?mine=false')).toHaveLength(2);
  });

  it('is filtered by what actions begin with, and taken as it is: no pattern', async () => {
    expect(await listed(admin.key, '?action=key.')).toHaveLength(2);
    expect(await listed(admin.key, '?action=key.rev')).toEqual([[trader.username, 'key.revoked']]);
    expect(await listed(admin.key, '?action=%25')).toEqual([]);
  });

  it('comes page after page, the same rows as at once', async () => {
    const whole = (await call('GET', '/audit', admin.key)).body;
    expect(whole.next_cursor).toBeNull();
    const rows: unknown[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: any } = await call(
        'GET',
        `/audit?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
        admin.key,
      );
      rows.push(...body.items);
      cursor = body.next_cursor;
    } while (cursor !== null);
    expect(rows).toEqual(whole.items);
  });

  it('keeps no key, and nobody without a credential sees it', async () => {
    const text = JSON.stringify((await call('GET', '/audit', admin.key)).body);
    expect(text).not.toMatch(/ak_/);
    expect((await call('GET', '/audit', '')).status).toBe(401);
  });
});
