import { rmSync } from 'node:fs';
import { loadConfig } from '@assay/platform';
import type { FastifyInstance } from 'fastify';
import { Browser } from '../test/browser';
import { builtPages, portOf } from '../test/web-fixtures';
import { createWeb } from './create-web';
import { webSettings } from './web-settings';

describe('an address that nobody means', () => {
  let web: FastifyInstance;
  let pages: string;

  beforeAll(async () => {
    pages = builtPages();
    const env = {
      ...{ ...process.env, ASSAY_SECRET: 'a secret of thirty-two characters', DB_URL: 'postgres://x@127.0.0.1:1/x' },
      WEB_PAGES: pages,
    };
    web = createWeb(webSettings(loadConfig(env), env));
    await web.listen({ port: 0, host: '127.0.0.1' });
  });

  afterAll(async () => {
    await web?.close();
    if (pages) rmSync(pages, { recursive: true, force: true });
  });

  it.each([
    ['//evil.example/', 404],
    ['/\\evil.example', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/assets/', 404],
    ['/assets//app-1a2b.js', 404],
    ['/%', 400],
    ['/api/%zz', 400],
  ])('%s is answered with %i, leads nowhere, and with what every answer carries', async (path, status) => {
    const { headers, ...answer } = await new Browser(portOf(web.server)).send(path);
    expect([answer.status, headers.location, headers['content-type']]).toEqual([
      status,
      undefined,
      'application/problem+json; charset=utf-8',
    ]);
    expect(headers).toMatchObject({
      ...{ 'content-security-policy': expect.stringMatching(/^default-src 'none'/), 'cache-control': 'no-store' },
      ...{ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' },
      ...{ 'cross-origin-opener-policy': 'same-origin', 'x-request-id': answer.body.correlation_id },
    });
  });
});
