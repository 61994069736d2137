import { ApiKeyEntity, PersistenceModule, UserEntity } from '@assay/persistence';
import { HOUR_MS } from '@assay/primitives';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase, type TestUser } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createHttpApp } from '../http';
import { DEEPEST_LINE } from './key-lineage';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('rights of a key', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let trader: TestUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    app = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  });

  beforeEach(async () => {
    trader = await createTestUser(database.url, 'trader', ['trade:read', 'trade:write', 'research:read']);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, key: string, payload?: object) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await app.inject({ method, url: `/api/v1/auth${path}`, headers, payload });
    return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() };
  };
  const make = async (key: string, more: object = {}): Promise<Record<string, any>> =>
    (await call('POST', '/keys', key, { name: 'made', ...more })).body;
  const statusOf = async (key: string): Promise<number> => (await call('GET', '/me', key)).status;
  const keys = () => app.get(DataSource).getRepository(ApiKeyEntity);

  it('never exceed its maker: a read-only key neither makes nor revokes a fuller one', async () => {
    const full = await make(trader.key);
    const reader = await make(trader.key, { scopes: ['trade:read'] });
    const wanted = await call('POST', '/keys', reader.key, { name: 'x', scopes: ['trade:write'] });
    expect([wanted.status, wanted.body.errors[0].rule]).toEqual([422, 'scope_not_held']);
    const refused = await call('DELETE', `/keys/${full.id}`, reader.key);
    expect([refused.status, refused.body.code, refused.body.missing_scopes]).toEqual([
      403,
      'forbidden',
      ['research:read', 'trade:write'],
    ]);
    expect(await statusOf(full.key)).toBe(200);
    // itself, what it made, and what can do no more it may end
    const child = await make(reader.key);
    for (const [id, key] of [
      [child.id, child.key],
      [reader.id, reader.key],
    ]) {
      expect((await call('DELETE', `/keys/${id}`, reader.key)).status).toBe(204);
      expect(await statusOf(key)).toBe(401);
    }
  });

  it('never outlive its maker: a key that ends makes only keys that end no later', async () => {
    const end = at(HOUR_MS);
    const passing = await make(trader.key, { expires_at: end });
    expect((await make(passing.key)).expires_at).toBe(end);
    expect((await make(passing.key, { expires_at: at(HOUR_MS / 2) })).expires_at < end).toBe(true);
    const longer = await call('POST', '/keys', passing.key, { name: 'x', expires_at: at(2 * HOUR_MS) });
    expect([longer.status, longer.body.errors[0]]).toMatchObject([422, { field: 'expires_at', rule: 'beyond_maker' }]);
    // and a child of a child is bound by the first that ends
    const child = await make(passing.key, { expires_at: at(HOUR_MS / 2) });
    expect((await make(child.key)).expires_at).toBe(child.expires_at);
  });

  it('end with a revoked maker, through every generation', async () => {
    const parent = await make(trader.key);
    const child = await make(parent.key, { scopes: ['trade:read'] });
    const grandchild = await make(child.key);
    expect(grandchild.parent_id).toBe(child.id);
    expect((await call('DELETE', `/keys/${parent.id}`, trader.key)).status).toBe(204);
    for (const { key } of [parent, child, grandchild]) expect(await statusOf(key)).toBe(401);
    const { items } = (await call('GET', '/keys', trader.key)).body;
    for (const { id } of [parent, child, grandchild]) {
      expect(items.find((item: { id: string }) => item.id === id).revoked_at).not.toBeNull();
    }
    expect(await statusOf(trader.key)).toBe(200);
  });

  it('end with an expired or narrowed maker', async () => {
    const parent = await make(trader.key);
    const child = await make(parent.key);
    await keys().update({ id: parent.id }, { scopes: ['trade:read'] });
    expect((await call('GET', '/me', child.key)).body.scopes).toEqual(['trade:read']);
    await keys().update({ id: parent.id }, { expiresAt: new Date(Date.now() - 1) });
    expect(await statusOf(child.key)).toBe(401);
  });

  it("of another user's key end with the administrator's that made it", async () => {
    const admin = await createTestUser(database.url);
    const own = await make(admin.key);
    const given = await make(own.key, { user_id: trader.id });
    expect((await call('GET', '/me', given.key)).body).toMatchObject({ id: trader.id });
    await app.get(DataSource).getRepository(UserEntity).update({ id: admin.id }, { disabled: true });
    expect(await statusOf(given.key)).toBe(401);
  });

  it(`are looked up through ${DEEPEST_LINE} generations, so there are no more`, async () => {
    let { key } = trader;
    for (let depth = 1; depth < DEEPEST_LINE; depth += 1) ({ key } = await make(key));
    expect(await statusOf(key)).toBe(200);
    expect((await call('POST', '/keys', key, { name: 'x' })).status).toBe(409);
  });
});
