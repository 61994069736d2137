import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from './create-app';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

const SITE = 'https://app.example.com';
const PREFLIGHT = {
  origin: SITE,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'x-api-key, content-type',
};

describe('what a service tells anybody', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let key: string;

  const start = async (origins: string): Promise<void> => {
    await app?.close();
    useEnvironment({ ...database.env, CORS_ORIGINS: origins });
    app = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  };
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers });
  const allowed = (headers: object): string[] => Object.keys(headers).filter((name) => /^access-control/.test(name));

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    key = (await createTestUser(database.url, 'trader', ['trade:read'])).key;
    await start('');
  });

  afterAll(async () => {
    useEnvironment({ ...database.env, CORS_ORIGINS: '' });
    await app?.close();
    await database?.drop();
  });

  it('has its document and a page that shows it, without a key and from its own files alone', async () => {
    const document = await get('/openapi.json');
    expect([document.statusCode, document.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(document.json()).toMatchObject({ openapi: '3.0.0', info: { title: 'Assay trade' } });
    expect(Object.keys(document.json().paths)).toContain('/api/v1/deployments');
    const page = await get('/docs');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(files).toEqual(['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js']);
    for (const file of files) expect([file, (await get(file)).statusCode]).toEqual([file, 200]);
    expect((await get('/docs/start.js')).body).toContain('url: "/openapi.json"');
    expect((await get('/docs/../package.json')).statusCode).not.toBe(200);
  });

  it('tells pages of other sites nothing while no origin is configured', async () => {
    const answer = await get('/api/v1/auth/me', { origin: SITE, 'x-api-key': key });
    expect([answer.statusCode, allowed(answer.headers)]).toEqual([200, []]);
    const asked = await app.inject({ method: 'OPTIONS', url: '/api/v1/auth/me', headers: PREFLIGHT });
    expect(asked.statusCode).not.toBe(204);
    expect(allowed(asked.headers)).toEqual([]);
  });

  it('lets the named origins read, with a key and never with a cookie, and no others', async () => {
    await start(`${SITE},https://second.example.com`);
    const answer = await get('/api/v1/auth/me', { origin: SITE, 'x-api-key': key });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': SITE,
      vary: expect.stringMatching(/Origin/),
    });
    expect(answer.headers['access-control-expose-headers']).toMatch(/\betag\b/);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    const asked = await app.inject({ method: 'OPTIONS', url: '/api/v1/auth/me', headers: PREFLIGHT });
    expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([204, SITE]);
    expect(asked.headers['access-control-allow-headers']).toMatch(/x-api-key.*idempotency-key/);
    expect(asked.headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    for (const origin of ['https://evil.example.com', `${SITE}.evil.example`, 'null']) {
      const other = await get('/api/v1/auth/me', { origin, 'x-api-key': key });
      expect([origin, allowed(other.headers)]).toEqual([origin, []]);
    }
    // a refusal can be read too
    const refused = await get('/api/v1/auth/me', { origin: SITE });
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, SITE]);
  });
});
