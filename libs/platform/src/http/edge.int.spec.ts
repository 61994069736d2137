import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, createTestUser, eventually, useEnvironment } from '@assay/testing';
import type { TestDatabase, TestUser } from '@assay/testing';
import { Body, Controller, Get, Module, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { JsonField, StringField } from '../dto';
import { Access } from '../auth/access';
import { EntityTag } from '../versions';
import { createHttpApp } from './create-app';
import { streamJson } from './stream-answer';

class Note {
  @StringField({ max: 100 }) text: string;
  @JsonField({ optional: true }) facts?: object;
}
class NoteQuery {
  @StringField({ optional: true }) text?: string;
}

let worked: string[] = [];
let release: () => void = () => undefined;
let held = new Promise<void>((resolve) => (release = resolve));

function* endlessNotes(): Generator<Note> {
  for (;;) yield { text: 'x'.repeat(100) };
}

@Controller('notes')
class NotesController {
  @Post() create(@Body() body: Note): Note {
    return body;
  }

  @Get() list(@Query() query: NoteQuery): NoteQuery {
    return query;
  }

  @Get('held/:name') async hold(@Param('name') name: string): Promise<object> {
    worked.push(name);
    await held;
    return { name };
  }

  @Get('endless') endless(): StreamableFile {
    return streamJson({}, 'items', endlessNotes());
  }

  @Get('tagged') @EntityTag() tagged(): object {
    return { version: 1 };
  }
}

@Module({
  imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })],
  controllers: [NotesController],
})
class NotesModule {}

interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** Sends bytes as they are and reads the answer up to the end of its body. */
function raw(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString('utf8');
      const [head, body] = got.split('\r\n\r\n');
      if (body === undefined) return;
      const [status, ...lines] = head!.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ')[1]!]),
      );
      if (body.length < Number(headers['content-length'])) return;
      socket.destroy();
      resolve({ status: Number(status!.split(' ')[1]), headers, body: JSON.parse(body) as Record<string, unknown> });
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed after: ${got}`)));
  });
}

describe('the edge of an HTTP service', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let user: TestUser;
  let port: number;

  const start = async (env: Record<string, string> = {}): Promise<NestFastifyApplication> => {
    useEnvironment({ ...database.env, ...env });
    return createHttpApp(NotesModule, { service: 'trade', globalPrefix: 'api', listen: false });
  };
  const listening = async (service: NestFastifyApplication): Promise<number> => {
    await service.listen(0, '127.0.0.1');
    return (service.getHttpServer().address() as AddressInfo).port;
  };
  const send = (method: string, path: string, headers: Record<string, string> = {}, body = '') => {
    const all = {
      host: 'localhost',
      authorization: `Bearer ${user.key}`,
      'content-length': String(body.length),
      ...headers,
    };
    const lines = Object.entries(all)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}`);
    return raw(port, [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n'));
  };
  const post = (body: string) => send('POST', '/api/notes', { 'content-type': 'application/json' }, body);

  beforeAll(async () => {
    database = await createTestDatabase();
    user = await createTestUser(database.url);
    app = await start();
    port = await listening(app);
  });

  afterAll(async () => {
    release();
    await app?.close();
    await database?.drop();
  });

  it('answers by the head alone: who may not come in, and what is too long, is refused before a byte of the body is sent', async () => {
    const head = { 'content-type': 'application/json', 'content-length': String(60_000_000) };
    const stranger = await send('POST', '/api/notes', { ...head, authorization: '' });
    expect([stranger.status, stranger.body.code]).toEqual([401, 'unauthenticated']);
    const long = await send('POST', '/api/notes', head);
    expect([long.status, long.body.code]).toEqual([413, 'payload_too_large']);
    const nowhere = await send('POST', '/api/nowhere', head);
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not_found']);
  });

  it('ends a request whose body has not come two minutes after its head, and none whose body has', async () => {
    const set = jest.spyOn(global, 'setTimeout');
    const cleared = jest.spyOn(global, 'clearTimeout');
    const timers = () => set.mock.calls.flatMap(([run, ms], i) => (ms === 120_000 ? [{ run, timer: set.mock.results[i]!.value as NodeJS.Timeout }] : [])); // prettier-ignore
    const isCleared = (timer: NodeJS.Timeout): boolean => cleared.mock.calls.some(([given]) => given === timer);
    try {
      expect((await post('{"text":"a"}')).status).toBe(201);
      expect(timers().map(({ timer }) => isCleared(timer))).toEqual([true]);
      const late = send(
        'POST',
        '/api/notes',
        { 'content-type': 'application/json', 'content-length': '90' },
        '{"text"',
      );
      await eventually('the head to be read', () => Promise.resolve(timers().length === 2));
      expect(isCleared(timers()[1]!.timer)).toBe(false);
      timers()[1]!.run();
      const { status, headers, body } = await late;
      expect([status, headers.connection, body.code]).toEqual([408, 'close', 'request_timeout']);
    } finally {
      set.mockRestore();
      cleared.mockRestore();
    }
  });

  it.each<[string, () => Promise<RawAnswer>, number, string]>([
    [
      'a body nested 20,000 deep',
      () => post(`{"text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      400,
      'malformed_json',
    ],
    ['a body with half of a surrogate pair', () => post('{"text":"\\ud800"}'), 422, 'validation_failed'],
    ['a body with U+0000 in free JSON', () => post('{"text":"a","facts":{"a":["\\u0000"]}}'), 422, 'validation_failed'],
    [
      'a list far beyond its field',
      () => post(`{"text":"a","parts":[${'{},'.repeat(20_000)}{}]}`),
      422,
      'validation_failed',
    ],
    [
      'more fields than any document has',
      () => post(`{${Array.from({ length: 2_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
      422,
      'validation_failed',
    ],
    ['U+0000 in a query', () => send('GET', '/api/notes?text=%00'), 422, 'validation_failed'],
    ['U+0000 in a path', () => send('GET', '/api/notes/held/%00'), 422, 'validation_failed'],
    ['a percent sign alone in a path', () => send('GET', '/api/notes/held/%'), 400, 'malformed_request'],
    ['an unknown path', () => send('GET', '/nowhere'), 404, 'not_found'],
    ['another method', () => send('PATCH', '/api/notes/held/x'), 405, 'method_not_allowed'],
    ['a head of 20,000 bytes', () => send('GET', `/api/notes?text=${'x'.repeat(20_000)}`), 431, 'headers_too_large'],
    ['something that is no HTTP', () => raw(port, 'HELLO\r\n\r\n'), 400, 'malformed_request'],
    ['a header with U+0000', () => send('GET', '/api/notes', { 'x-a': '\u0000' }), 400, 'malformed_request'],
    [
      'a body of another type',
      () => send('POST', '/api/notes', { 'content-type': 'a' }, 'x'),
      415,
      'unsupported_media_type',
    ],
  ])('answers %s with a problem and the headers of every answer', async (_, request, status, code) => {
    const answer = await request();
    expect([answer.status, answer.body.status, answer.body.code]).toEqual([status, status, code]);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
  });

  it('names the place of a text that cannot be stored, and the methods that a path has', async () => {
    const { body } = await post('{"text":"a","facts":{"a":["\\ud800"]}}');
    expect(body.errors).toEqual([expect.objectContaining({ field: 'facts.a[0]', rule: 'storable_text' })]);
    expect((await send('PATCH', '/api/notes/held/x')).headers.allow).toBe('GET, HEAD');
  });

  it('takes a path part of any length, and lets nobody keep an answer but one with an ETag', async () => {
    release();
    expect((await send('GET', `/api/notes/held/${'x'.repeat(2_000)}`)).status).toBe(200);
    expect((await send('GET', '/api/auth/me')).headers['cache-control']).toBe('no-store');
    expect((await send('GET', '/api/notes/tagged')).headers['cache-control']).toBe('private, no-cache');
  });

  describe('a page of another site', () => {
    const foreign = { origin: 'https://elsewhere.example' };
    let cookie: string;

    beforeAll(async () => {
      const admin = { method: 'POST', headers: user.headers } as const;
      const payload = { username: 'ann', password: 'correct horse battery', role: 'trader' };
      await app.inject({ ...admin, url: '/api/auth/users', payload });
      const login = await app.inject({
        method: 'POST',
        url: '/api/auth/token',
        payload: { username: 'ann', password: payload.password },
      });
      cookie = String(login.headers['set-cookie']).split(';')[0]!;
    });

    it('may not use the cookie that the browser adds, for reading or writing', async () => {
      const headers = { authorization: '', cookie };
      expect((await send('GET', '/api/auth/me', headers)).status).toBe(200);
      expect((await send('GET', '/api/auth/me', { ...headers, origin: 'http://localhost' })).status).toBe(200);
      for (const origin of [foreign.origin, 'null', 'http://localhost:3000', 'http://localhost.elsewhere.example']) {
        const answer = await send('GET', '/api/auth/me', { ...headers, origin });
        expect([origin, answer.status, answer.body.code]).toEqual([origin, 403, 'forbidden']);
      }
    });

    it('may use a key that it holds itself, and may not log anybody in or out', async () => {
      expect((await send('GET', '/api/auth/me', foreign)).status).toBe(200);
      const login = await send(
        'POST',
        '/api/auth/token',
        { ...foreign, authorization: '', 'content-type': 'application/json' },
        '{}',
      );
      expect(login.status).toBe(403);
      expect((await send('DELETE', '/api/auth/token', { ...foreign, authorization: '', cookie })).status).toBe(403);
    });
  });

  it('stops listening to wrong keys of an address, in every process, and goes on listening to keys that were right', async () => {
    const elsewhere = await start();
    try {
      const guess = (service: NestFastifyApplication, n: number) =>
        service.inject({ method: 'GET', url: '/api/notes', headers: { 'x-api-key': `ak_${n}`.padEnd(46, 'x') } });
      const seen: number[] = [];
      let refused = await guess(app, 0);
      for (let n = 1; n < 140 && refused.statusCode !== 429; n += 1) {
        seen.push(refused.statusCode);
        refused = await guess(n % 2 ? app : elsewhere, n);
      }
      // Wherever in a minute this began, each process alone would have taken more.
      expect(seen.length).toBeLessThanOrEqual(121);
      expect(seen.slice(0, 30)).toEqual(Array(30).fill(401));
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, 'rate_limited']);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await app.inject({ method: 'GET', url: '/api/notes', headers: user.headers })).statusCode).toBe(200);
    } finally {
      await elsewhere.close();
    }
  });

  it('counts logins of a user over all processes', async () => {
    const elsewhere = await start();
    try {
      const statuses: number[] = [];
      for (let n = 0; n < 44 && statuses.at(-1) !== 429; n += 1) {
        const payload = { username: 'nobody', password: 'wrong' };
        const service = n % 2 ? app : elsewhere;
        statuses.push((await service.inject({ method: 'POST', url: '/api/auth/token', payload })).statusCode);
      }
      expect(statuses.at(-1)).toBe(429);
    } finally {
      await elsewhere.close();
    }
  });

  it('ends the connection of who takes nothing of a long answer for half a minute', async () => {
    const asked = once(app.getHttpServer(), 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const reader = connect(port, '127.0.0.1');
    try {
      reader.write(`GET /api/notes/endless HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${user.key}\r\n\r\n`);
      const [{ socket }, response] = await asked;
      await eventually('an answer that nobody takes', () => Promise.resolve(response.writableNeedDrain));
      expect(socket.timeout).toBe(30_000);
      const closed = once(response, 'close');
      socket.emit('timeout');
      await closed;
      expect([socket.destroyed, response.writableFinished]).toEqual([true, false]);
    } finally {
      reader.destroy();
    }
  });

  const holding = async (env: Record<string, string>) => {
    const service = await start(env);
    const at = await listening(service);
    [worked, held] = [[], new Promise<void>((resolve) => (release = resolve))];
    const get = (path: string, signal?: AbortSignal) =>
      fetch(`http://127.0.0.1:${at}/api${path}`, { headers: user.headers, signal });
    return { service, get };
  };

  it('refuses what one caller has open beyond half of what the process takes', async () => {
    const { service, get } = await holding({ MAX_OPEN_REQUESTS: '2' });
    try {
      const first = get('/notes/held/first');
      await eventually('the first to be at work', () => worked.length === 1);
      const beyond = await get('/notes');
      expect([beyond.status, beyond.headers.get('retry-after')]).toEqual([429, '1']);
      expect(((await beyond.json()) as { code: string }).code).toBe('rate_limited');
      release();
      expect((await first).status).toBe(200);
      await eventually('the next to be let in', async () => (await get('/notes')).status === 200);
    } finally {
      await service.close();
    }
  });

  it('keeps no place for who has gone while he was looked at', async () => {
    const { service, get } = await holding({ MAX_OPEN_REQUESTS: '2' });
    const access = service.get(Access, { strict: false });
    const admit = access.admit.bind(access);
    try {
      for (let n = 0; n < 3; n += 1) {
        const leaving = new AbortController();
        let [asked, isGone] = [false, false];
        const looked = jest.spyOn(access, 'admit').mockImplementation(async (request) => {
          asked = true;
          request.raw.socket.once('close', () => (isGone = true));
          const principal = await admit(request);
          await eventually('his leaving', () => isGone);
          return principal;
        });
        const gone = get('/notes', leaving.signal).catch(() => null);
        await eventually('the request', () => asked);
        leaving.abort();
        expect(await gone).toBeNull();
        await looked.mock.results[0]!.value;
        looked.mockRestore();
      }
      expect((await get('/notes')).status).toBe(200);
    } finally {
      await service.close();
    }
  });

  it('works on so many at a time, drops who has gone before his turn, and answers /health all the while', async () => {
    const { service, get } = await holding({ MAX_ACTIVE_REQUESTS: '1', MAX_OPEN_REQUESTS: '20' });
    const arrived: string[] = [];
    const left: string[] = [];
    service.getHttpServer().on('request', ({ url, socket }: IncomingMessage) => {
      arrived.push(url!);
      socket.once('close', () => left.push(url!));
    });
    const isIn = (list: string[], name: string) => eventually(name, () => list.includes(`/api/notes/held/${name}`));
    try {
      const first = get('/notes/held/first');
      await eventually('the first to be at work', () => worked.length === 1);
      const leaving = new AbortController();
      const [second, gone] = [get('/notes/held/second'), get('/notes/held/gone', leaving.signal).catch(() => null)];
      await Promise.all(['second', 'gone'].map((name) => isIn(arrived, name)));
      expect((await get('/health')).status).toBe(200);
      leaving.abort();
      expect(await gone).toBeNull();
      await isIn(left, 'gone');
      expect((await get('/health')).status).toBe(200);
      release();
      expect([(await first).status, (await second).status]).toEqual([200, 200]);
      expect(worked).toEqual(['first', 'second']);
    } finally {
      await service.close();
    }
  });
});
