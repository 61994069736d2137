import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { loadConfig } from '@assay/platform';
import { createTestDatabase, eventually, useEnvironment, type TestDatabase } from '@assay/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createWeb } from './create-web';
import { Browser } from '../test/browser';
import { agedCodes, bareTrade, builtPages, PASSWORD, portOf, userWithPassword, type Role } from '../test/web-fixtures';
import { webSettings } from './web-settings';

let database: TestDatabase;
let trade: NestFastifyApplication;
let web: FastifyInstance;
let pages: string;
/** Stands for research: says what reached it. */
let echo: Server;
const atEcho = {
  handle: (request: IncomingMessage, answer: ServerResponse) => void answer.end(request.url),
};

async function start(): Promise<FastifyInstance> {
  const env = {
    ...process.env,
    TRADE_URL: `http://127.0.0.1:${portOf(trade.getHttpServer())}`,
    RESEARCH_URL: `http://127.0.0.1:${portOf(echo)}`,
    PORTFOLIO_URL: 'http://127.0.0.1:1',
    WEB_PAGES: pages,
    WEB_TRUSTED_PROXIES: '127.0.0.1',
  };
  const app = createWeb(webSettings(loadConfig(env), env));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database.env);
  trade = await bareTrade();
  echo = createServer((request, answer) => atEcho.handle(request, answer)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  pages = builtPages();
  web = await start();
});

afterAll(async () => {
  await web?.close();
  await trade?.close();
  echo?.closeAllConnections();
  echo?.close();
  await database?.drop();
  if (pages) rmSync(pages, { recursive: true, force: true });
});

const browser = (): Browser => new Browser(portOf(web.server));

const newUser = (role?: Role) => userWithPassword(database.url, role);

async function signedIn(): Promise<{ user: Awaited<ReturnType<typeof newUser>>; tab: Browser }> {
  const [user, tab] = [await newUser(), browser()];
  expect((await tab.signIn({ username: user.username, password: PASSWORD })).status).toBe(200);
  return { user, tab };
}

const codeFor = async (key: string, body: object = {}): Promise<string> => {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await browser().send('/api/v1/auth/sign-in-codes', { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
  return answer.body.code;
};

describe('a session', () => {
  it('says who is signed in, and keeps the token from scripts and from the answer', async () => {
    const [user, tab] = [await newUser('viewer'), browser()];
    const opened = await tab.signIn({ username: user.username, password: PASSWORD });
    const [cookie] = opened.headers['set-cookie']!;
    expect(cookie).toMatch(/^assay_session_0=[\w-]+; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43(200|199)$/);
    expect(opened.body).toMatchObject({
      ...{ user: user.username, user_id: user.id, role: 'viewer', scopes: ['research:read', 'trade:read'] },
      services: { trade: 'ok', portfolio: 'away' },
    });
    expect(opened.text).not.toMatch(/eyJ/);
    expect(Buffer.from(cookie!.split('=')[1]!.split(';')[0]!, 'base64url').toString('latin1')).not.toMatch(/eyJ/);
    expect((await tab.send('/session')).body).toMatchObject({ user: user.username, csrf: opened.body.csrf });
  });

  it('is marked for encrypted connections where the page was loaded by one', async () => {
    const user = await newUser();
    const answer = await browser().send('/session', {
      ...{ method: 'POST', body: { username: user.username, password: PASSWORD } },
      headers: { host: 'localhost:1', origin: 'https://localhost:1' },
    });
    expect(answer.headers['set-cookie']![0]).toMatch(/; Secure$/);
  });

  it('is refused with a wrong password in the words of the service, without a cookie', async () => {
    const user = await newUser();
    const answer = await browser().signIn({ username: user.username, password: 'wrong' });
    expect([answer.status, answer.body.code, answer.headers['set-cookie']]).toEqual([
      401,
      'unauthenticated',
      undefined,
    ]);
    const missing = await browser().signIn({ username: user.username });
    expect([missing.status, missing.body.errors[0].field]).toEqual([422, 'password']);
  });

  it('survives a restart of this server and ends with a sign-out, everywhere', async () => {
    const { tab } = await signedIn();
    const other = await start();
    const copy = new Browser(portOf(other.server));
    for (const [name, value] of tab.cookies) copy.cookies.set(name, value);
    expect((await copy.send('/session')).status).toBe(200);
    expect((await tab.change('/session', { method: 'DELETE' })).status).toBe(204);
    expect(tab.cookies.size).toBe(0);
    for (const path of ['/api/v1/auth/me', '/session']) {
      const answer = await copy.send(path);
      expect([answer.status, answer.body.code]).toEqual([401, 'session_expired']);
    }
    expect((await tab.send('/session')).body.code).toBe('unauthenticated');
    await other.close();
  });

  it('that was not sealed here, or was changed, has ended', async () => {
    const { tab } = await signedIn();
    const [[name, value]] = [...tab.cookies] as [[string, string]];
    const flipped = (value[20] === 'A' ? 'B' : 'A') as string;
    tab.cookies.set(name, value.slice(0, 20) + flipped + value.slice(21));
    expect((await tab.send('/api/v1/auth/me')).body.code).toBe('session_expired');
    expect((await tab.change('/session', { method: 'DELETE' })).status).toBe(204);
  });

  it('of one user shows nothing of another', async () => {
    const [ann, bob] = [await signedIn(), await signedIn()];
    const made = await ann.tab.change('/api/v1/auth/keys', { method: 'POST', body: { name: 'mine' } });
    expect(made.status).toBe(201);
    expect((await bob.tab.send('/api/v1/auth/me')).body.username).toBe(bob.user.username);
    expect((await bob.tab.change(`/api/v1/auth/keys/${made.body.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await bob.tab.send('/api/v1/auth/keys')).text).not.toContain(made.body.id);
    // her token for changes is not his
    bob.tab.csrf = ann.tab.csrf;
    expect((await bob.tab.change('/api/v1/auth/keys', { method: 'POST', body: { name: 'x' } })).status).toBe(403);
  });
});

describe('a change by cookie', () => {
  it.each([
    ['without the token', { 'x-csrf-token': '' }],
    ['with another token', { 'x-csrf-token': 'AAAA' }],
    ["from another site's page", { 'sec-fetch-site': 'cross-site' }],
    ['from another server of this machine', { 'sec-fetch-site': 'same-site' }],
    ['with another origin', { origin: 'http://127.0.0.1:9' }],
    ['typed into the address line', { 'sec-fetch-site': 'none' }],
  ])('is refused %s and changes nothing', async (_, headers) => {
    const { tab } = await signedIn();
    const before = (await tab.send('/api/v1/auth/keys')).text;
    const answer = await tab.change('/api/v1/auth/keys', { method: 'POST', body: { name: 'x' }, headers });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect((await tab.send('/api/v1/auth/keys')).text).toBe(before);
    expect((await tab.change('/session', { method: 'DELETE', headers })).status).toBe(403);
    expect((await tab.send('/session')).status).toBe(200);
  });

  it('and a sign-in are refused from a foreign page', async () => {
    const user = await newUser();
    const answer = await browser().send('/session', {
      ...{ method: 'POST', body: { username: user.username, password: PASSWORD } },
      headers: { origin: 'https://evil.example' },
    });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });

  it("is none where a key is sent too: that is a plain client's request", async () => {
    const [{ tab }, other] = [await signedIn(), await newUser()];
    const answer = await tab.send('/api/v1/auth/keys', { method: 'POST', body: { name: 'x' }, headers: other.headers });
    expect(answer.status).toBe(201);
    expect((await tab.send('/api/v1/auth/me', { headers: other.headers })).body.id).toBe(other.id);
  });
});

describe('a sign-in code', () => {
  it('signs in once', async () => {
    const user = await newUser();
    const code = await codeFor(user.key);
    const tab = browser();
    expect((await tab.signIn({ code })).body).toMatchObject({ user: user.username });
    expect((await tab.send('/api/v1/auth/me')).status).toBe(200);
    const again = await browser().signIn({ code });
    expect([again.status, again.body.code]).toEqual([401, 'unauthenticated']);
    expect(again.body.detail).toMatch(/has been used/);
  });

  it('of many who use it at once lets in one', async () => {
    const code = await codeFor((await newUser()).key);
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser().signIn({ code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(401)]);
  });

  it('is kept as a hash alone, and dies of age', async () => {
    const code = await codeFor((await newUser()).key);
    expect(await agedCodes(database.url)).not.toContain(code);
    expect((await browser().signIn({ code })).status).toBe(401);
  });

  it('lets do no more than the key that asked for it, and ends with that key', async () => {
    const user = await newUser();
    const make = { method: 'POST', headers: user.headers };
    const { body: narrow } = await browser().send('/api/v1/auth/keys', {
      ...make,
      body: { name: 'narrow', scopes: ['trade:read'] },
    });
    const tab = browser();
    expect((await tab.signIn({ code: await codeFor(narrow.key) })).body.scopes).toEqual(['trade:read']);
    const wider = await tab.change('/api/v1/auth/keys', {
      ...{ method: 'POST', body: { name: 'x', scopes: ['trade:write'] } },
    });
    expect(wider.status).toBe(422);
    await browser().send(`/api/v1/auth/keys/${narrow.id}`, { method: 'DELETE', headers: user.headers });
    expect((await tab.send('/session')).body.code).toBe('session_expired');
  });

  it('for another is made by administrators alone', async () => {
    const [admin, user] = [await newUser('admin'), await newUser()];
    const tab = browser();
    await tab.signIn({ code: await codeFor(admin.key, { user_id: user.id }) });
    expect((await tab.send('/api/v1/auth/me')).body).toMatchObject({ id: user.id, role: 'trader' });
    const refused = await browser().send('/api/v1/auth/sign-in-codes', {
      ...{ method: 'POST', headers: user.headers, body: { user_id: admin.id } },
    });
    expect(refused.status).toBe(404);
  });
});

describe('the pages', () => {
  it('come with a policy and a nonce of their own each time, and are never kept', async () => {
    const [one, two] = [
      await browser().send('/'),
      await browser().send('/strategies/7', { headers: { accept: 'text/html' } }),
    ];
    const nonces = [one, two].map(({ text }) => /content="([^"]+)"/.exec(text)![1]!);
    expect(nonces[0]).not.toBe(nonces[1]);
    [one, two].forEach(({ headers, status }, at) => {
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain(`script-src 'self' 'nonce-${nonces[at]}'`);
      expect(policy).toMatch(/^default-src 'none'; .*frame-ancestors 'none'; base-uri 'none'$/);
      expect(policy).not.toMatch(/unsafe|https:|\*/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    });
  });

  it('have files that are kept for ever, compressed where the browser takes it', async () => {
    const plain = await browser().send('/assets/app-1a2b.js');
    expect([plain.text, plain.headers['cache-control']]).toEqual([
      'console.log(1)',
      'public, max-age=31536000, immutable',
    ]);
    const zipped = await browser().open('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
    expect([zipped.headers['content-encoding'], zipped.headers.vary]).toEqual(['gzip', 'accept-encoding']);
    zipped.resume();
  });

  it('are no answer to a script that is not there, and say nothing beside the app', async () => {
    for (const path of ['/assets/gone.js', '/.vite/manifest.json', '/assets/..%2f..%2fpackage.json']) {
      const answer = await browser().send(path);
      expect([path, answer.status, answer.body?.code]).toEqual([path, 404, 'not_found']);
    }
  });

  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example'])(
    'are not told to who asks %j',
    async (host) => {
      for (const path of ['/', '/session', '/api/v1/health']) {
        const answer = await browser().send(path, { headers: { host } });
        expect([answer.status, answer.body.code]).toEqual([421, 'misdirected']);
      }
    },
  );
});

describe('the services under this origin', () => {
  afterEach(() => {
    atEcho.handle = (request, answer) => void answer.end(request.url);
  });

  it('never see the cookie, and never set one', async () => {
    const { tab } = await signedIn();
    let seen: IncomingMessage['headers'] = {};
    atEcho.handle = (request, answer) => {
      seen = request.headers;
      answer.writeHead(200, { 'set-cookie': 'assay_token=x', 'x-more': 'y', etag: '"1"' }).end('{}');
    };
    tab.cookies.set('other', '1');
    const answer = await tab.change('/api/strategies?x=1', { method: 'POST', body: {} });
    expect(seen).toMatchObject({
      authorization: expect.stringMatching(/^Bearer eyJ/),
      'x-request-id': answer.headers['x-request-id'],
    });
    for (const name of ['cookie', 'x-csrf-token', 'sec-fetch-site', 'origin']) expect(seen[name]).toBeUndefined();
    expect(answer.headers).toMatchObject({ 'x-more': 'y', etag: '"1"' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('count guesses by the address of the guesser, which no one else can name', async () => {
    let seen: IncomingMessage['headers'] = {};
    atEcho.handle = (request, answer) => {
      seen = request.headers;
      answer.end();
    };
    const tab = browser();
    await tab.send('/api/x', { headers: { 'x-assay-client': '9.9.9.9 AAAA' } });
    expect(seen['x-assay-client']).toMatch(new RegExp(`^${tab.address} [\\w-]{43}$`));
    const [address, mac] = String(seen['x-assay-client']).split(' ');
    const guess = async (client: string): Promise<number> => {
      const headers = { 'x-assay-client': client, 'content-type': 'application/json' };
      const body = JSON.stringify({ code: 'wrong' });
      const url = `http://127.0.0.1:${portOf(trade.getHttpServer())}/api/v1/auth/token`;
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    const mostLogins = 20;
    const many = Array.from({ length: mostLogins });
    for (const _ of many) expect(await guess(`${address} ${mac}`)).toBe(401);
    expect(await guess(`${address} ${mac}`)).toBe(429);
    // another's word is not taken for it: that counts for the connection
    for (const _ of many) expect(await guess(`${randomUUID()} ${mac}`)).toBe(401);
    expect(await guess(`${randomUUID()} ${mac}`)).toBe(429);
    expect(seen['x-forwarded-for']).toBeUndefined();
  });

  it('stream: each event as it is written, and an end on both sides when the page goes', async () => {
    const { tab } = await signedIn();
    let [writes, gone] = [0, false];
    let send: (text: string) => void = () => undefined;
    atEcho.handle = (_request, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      send = (text) => void (answer.write(text), (writes += 1));
      answer.once('close', () => (gone = true));
    };
    const stream = await tab.open('/api/stream');
    expect(stream.headers['content-type']).toBe('text/event-stream');
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      const next = once(stream, 'data');
      send(text);
      expect(String((await next)[0])).toBe(text);
    }
    stream.destroy();
    await eventually('the end at the service', () => gone);
    expect(writes).toBe(2);
  });

  it('take a body as it comes, without gathering it', async () => {
    const { tab, user } = await signedIn();
    let first: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (first = resolve));
    let bytes = 0;
    atEcho.handle = (request, answer) => {
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        first();
      });
      request.on('end', () => void answer.end(String(bytes)));
    };
    const { request } = await import('node:http');
    const upload = request({
      ...{ host: '127.0.0.1', port: portOf(web.server), path: '/api/data/imports', method: 'POST', agent: false },
      headers: { 'content-type': 'text/csv', ...user.headers },
    });
    upload.write('a'.repeat(70_000));
    // the service has the beginning before the end is sent
    await arrived;
    upload.end('b'.repeat(3_000_000));
    const [answer] = (await once(upload, 'response')) as [IncomingMessage];
    expect(String((await once(answer, 'data'))[0])).toBe('3070000');
    expect(tab.cookies.size).toBe(1);
  });

  it('that break off an answer break it off here', async () => {
    atEcho.handle = (_request, answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => answer.destroy(), 20);
    };
    await expect(browser().send('/api/export')).rejects.toThrow(/aborted|hang up/);
  });

  it('that are away are said to be so, in words', async () => {
    const answer = await browser().send('/portfolio/weights', { headers: { accept: 'application/json' } });
    expect([answer.status, answer.body.code, answer.body.service]).toEqual([503, 'unavailable', 'portfolio']);
    expect(answer.body.detail).toMatch(/the portfolio service does not answer/);
    expect(answer.headers['retry-after']).toBe('3');
    const page = await browser().send('/portfolio/weights', { headers: { accept: 'text/html' } });
    expect(page.text).toContain('the app');
  });
});
