import { PersistenceModule } from '@assay/persistence';
import { createHttpApp } from '@assay/platform';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase, type TestUser } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { run } from '../run';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

describe('assay sign-in', () => {
  let database: TestDatabase;
  let trade: NestFastifyApplication;
  let url: string;
  let admin: TestUser;
  let viewer: TestUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    trade = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
    await trade.listen(0, '127.0.0.1');
    url = await trade.getUrl();
    admin = await createTestUser(database.url, 'admin', ['admin']);
    viewer = await createTestUser(database.url, 'viewer', ['trade:read']);
  });

  afterAll(async () => {
    delete process.env.ASSAY_API_KEY;
    await trade?.close();
    await database?.drop();
  });

  async function assay(key: string, ...flags: string[]) {
    process.env.ASSAY_API_KEY = key;
    const [out, err]: string[][] = [[], []];
    const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    const code = await run(['sign-in', '--url', url, ...flags], io as never);
    return { code, out: out.join(''), err: err.join('') };
  }
  const redeem = async (link: string) => {
    const code = /#code=(\S+)/.exec(link)![1];
    const answer = await trade.inject({ method: 'POST', url: '/api/v1/auth/token', payload: { code } });
    return { status: answer.statusCode, token: answer.json().access_token as string };
  };
  const whoIs = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await trade.inject({ method: 'GET', url: '/api/v1/auth/me', headers })).json();
  };

  it('prints a link that signs in once, as whose key it is', async () => {
    const { code, out, err } = await assay(viewer.key);
    expect(code).toBe(0);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in#code=[\w-]{20,}\n$/);
    expect(err).toMatch(/^Open it in a browser: it signs in once, until \d{4}-.*Z\.\n$/);
    const first = await redeem(out);
    expect(await whoIs(first.token)).toMatchObject({ id: viewer.id, scopes: ['trade:read'] });
    expect((await redeem(out)).status).toBe(401);
  });

  it('leads to where the pages are, and to another user where an administrator says so', async () => {
    const { out } = await assay(admin.key, '--web', 'https://assay.example.com/', '--user', viewer.id);
    expect(out).toMatch(/^https:\/\/assay\.example\.com\/sign-in#code=/);
    expect(await whoIs((await redeem(out)).token)).toMatchObject({ id: viewer.id });
  });

  it('is refused for another user, and with a wrong key, in the words of the service', async () => {
    const other = await assay(viewer.key, '--user', admin.id);
    expect([other.code === 0, other.out]).toEqual([false, '']);
    expect(other.err).not.toBe('');
    const unknown = await assay('ak_wrong');
    expect([unknown.code === 0, unknown.out]).toEqual([false, '']);
    expect(unknown.err).not.toBe('');
  });
});
