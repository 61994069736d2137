import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase, type TestUser } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../http';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

const PASSWORD = 'a password that is long enough';

describe('users', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let admin: TestUser;

  const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, key: string, payload?: object) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await app.inject({ method, url: `/api/v1/auth${path}`, headers, payload });
    return { status: answer.statusCode, text: answer.body, body: answer.body === '' ? {} : answer.json() };
  };
  const made = async (username: string): Promise<string> =>
    (await call('POST', '/users', admin.key, { username, password: PASSWORD, role: 'trader' })).body.id;
  const signedIn = (username: string) => call('POST', '/token', '', { username, password: PASSWORD });
  const listed = async (): Promise<Record<string, any>[]> => (await call('GET', '/users', admin.key)).body.items;
  const one = async (id: string) => (await listed()).find((user) => user.id === id);

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    app = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
    admin = await createTestUser(database.url, 'admin', ['admin']);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('are listed for administrators, newest first, with what they may do and nothing that proves who they are', async () => {
    const id = await made('ann');
    const { status, text, body } = await call('GET', '/users', admin.key);
    expect([status, body.items[0]]).toEqual([
      200,
      {
        ...{ id, username: 'ann', role: 'trader', disabled: false, has_password: true, last_seen_at: null },
        scopes: ['research:read', 'research:write', 'trade:read', 'trade:write', 'trade:live', 'data:write'],
        created_at: expect.stringMatching(/Z$/),
      },
    ]);
    expect(body.items.find((user: { id: string }) => user.id === admin.id)).toMatchObject({ role: 'admin' });
    expect(text).not.toMatch(/argon|hash|epoch|"password"/i);
  });

  it('come page by page, each once', async () => {
    for (const username of ['b1', 'b2', 'b3']) await made(username);
    const all = (await listed()).map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await call('GET', `/users?limit=2${cursor && `&cursor=${cursor}`}`, admin.key);
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(all);
  });

  it('are nobody else’s business', async () => {
    const id = await made('carl');
    for (const [role, scopes] of [
      ['trader', ['trade:read', 'trade:write', 'trade:live', 'research:read']],
      ['admin', ['trade:read', 'research:write']],
    ] as const) {
      const { key } = await createTestUser(database.url, role, [...scopes]);
      for (const asked of [
        await call('GET', '/users', key),
        await call('PATCH', `/users/${id}`, key, { disabled: true }),
      ])
        expect([asked.status, asked.body.code, asked.body.missing_scopes]).toEqual([403, 'forbidden', ['admin']]);
    }
    expect(await one(id)).toMatchObject({ disabled: false });
    expect((await call('GET', '/users', 'ak_nobody')).status).toBe(401);
  });

  it('show when they were seen: by a key, or by what they did', async () => {
    const id = await made('dora');
    const { access_token: token } = (await signedIn('dora')).body;
    await call('POST', '/keys', token, { name: 'bot' });
    const seen = Date.parse((await one(id))!.last_seen_at);
    expect(Math.abs(Date.now() - seen)).toBeLessThan(60_000);
  });

  it('are let in by nothing while they are disabled, and their sessions do not come back', async () => {
    const id = await made('eve');
    const { access_token: token } = (await signedIn('eve')).body;
    const { key } = (await call('POST', '/keys', token, { name: 'bot' })).body;
    const child = (await call('POST', '/keys', key, { name: 'child' })).body.key;
    const met = async () => [
      (await signedIn('eve')).status,
      ...(await Promise.all([token, key, child].map(async (one) => (await call('GET', '/me', one)).status))),
    ];
    expect(await met()).toEqual([200, 200, 200, 200]);
    const disabled = await call('PATCH', `/users/${id}`, admin.key, { disabled: true });
    expect([disabled.status, disabled.body]).toEqual([200, await one(id)]);
    expect(disabled.body.disabled).toBe(true);
    expect(await met()).toEqual([401, 401, 401, 401]);
    expect((await call('PATCH', `/users/${id}`, admin.key, { disabled: false })).body.disabled).toBe(false);
    expect(await met()).toEqual([200, 401, 200, 200]);
    const { items } = (await call('GET', '/audit?action=user.', admin.key)).body;
    const ofEve = items.filter(({ subject }: { subject: string }) => subject === id);
    expect(ofEve.map(({ action }: { action: string }) => action)).toEqual([
      ...['user.enabled', 'user.disabled', 'user.created'],
    ]);
  });

  it('cannot disable themselves, and cannot be changed where there are none', async () => {
    const own = await call('PATCH', `/users/${admin.id}`, admin.key, { disabled: true });
    expect([own.status, own.body.code]).toEqual([409, 'conflict']);
    expect((await call('GET', '/me', admin.key)).status).toBe(200);
    const none = '018f3c1e-7b1a-7000-8000-000000000001';
    expect((await call('PATCH', `/users/${none}`, admin.key, { disabled: true })).status).toBe(404);
    const unsaid = await call('PATCH', `/users/${none}`, admin.key, {});
    expect([unsaid.status, unsaid.body.errors[0].field]).toEqual([422, 'disabled']);
  });
});
