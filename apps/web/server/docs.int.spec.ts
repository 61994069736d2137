import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { loadConfig } from '@assay/platform';
import type { FastifyInstance } from 'fastify';
import { Browser } from '../test/browser';
import { builtPages, portOf } from '../test/web-fixtures';
import { createWeb } from './create-web';
import { webSettings } from './web-settings';

describe('the API documents beside the pages', () => {
  let web: FastifyInstance;
  let pages: string;
  /** Stands for every service: says what reached it. */
  let echo: Server;

  beforeAll(async () => {
    echo = createServer((request, answer) => void answer.end(request.url)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    pages = builtPages();
    const url = `http://127.0.0.1:${portOf(echo)}`;
    const env = {
      ...{ ...process.env, ASSAY_SECRET: 'a secret of thirty-two characters', DB_URL: 'postgres://x@127.0.0.1:1/x' },
      ...{ TRADE_URL: url, RESEARCH_URL: url, PORTFOLIO_URL: url, WEB_PAGES: pages },
    };
    web = createWeb(webSettings(loadConfig(env), env));
    await web.listen({ port: 0, host: '127.0.0.1' });
  });

  afterAll(async () => {
    await web?.close();
    echo?.closeAllConnections();
    echo?.close();
    if (pages) rmSync(pages, { recursive: true, force: true });
  });

  const send = (path: string) => new Browser(portOf(web.server)).send(path);

  it.each([
    ['research', '/api/strategies', undefined],
    ['trade', '/api/v1/deployments', undefined],
    ['portfolio', '/weights', [{ url: '/portfolio' }]],
  ])('shows those of %s, whose paths lead there from here', async (service, path, servers) => {
    const page = await send(`/docs/${service}`);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self'; style-src 'self'/);
    expect(page.text).toContain(`<title>Assay: API of ${service}</title>`);
    const document = await send(`/docs/${service}/openapi.json`);
    expect(document.body.servers).toEqual(servers ?? document.body.servers);
    expect(Object.keys(document.body.paths)).toContain(path);
    expect((await send(`${servers ? '/portfolio' : ''}${path}?limit=1`)).text).toBe(`${path}?limit=1`);
    const script = (await send(`/docs/${service}/start.js`)).text;
    expect(script).toContain(`url: "/docs/${service}/openapi.json"`);
    // changes that are tried carry the session's token
    expect(script).toContain('"/session"');
    const bundle = await send(`/docs/${service}/swagger-ui-bundle.js`);
    expect([bundle.status, bundle.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  it('are of the services alone', async () => {
    expect((await send('/docs/broker/openapi.json')).status).toBe(404);
  });
});
