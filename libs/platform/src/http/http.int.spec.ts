import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersistenceModule } from '@assay/persistence';
import { createTestDatabase, createTestUser, useEnvironment } from '@assay/testing';
import type { TestDatabase, TestUser } from '@assay/testing';
import type { Problem } from '@assay/contracts';
import { Body, Controller, Get, Module, Param, Patch, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Owner, Scopes } from '../auth';
import type { Principal } from '../auth';
import {
  ArrayField,
  BooleanField,
  DecimalField,
  EnumField,
  IntegerField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '../dto';
import { ExpectedVersion } from '../versions';
import { createHttpApp } from './create-app';

class Leg {
  @IntegerField({ min: 2 }) window: number;
}

class Order {
  @StringField({ min: 1, max: 5 }) name: string;
  @EnumField({ values: ['BUY', 'SELL'] }) side: string;
  @DecimalField({ exclusiveMin: 0 }) qty: string | number;
  @NumberField({ optional: true, nullable: true, min: 0, max: 1 }) share?: number | null;
  @ArrayField(() => Leg, { min: 1 }) legs: Leg[];
  @ObjectField(() => Leg, { optional: true }) main?: Leg;
  @ArrayField('uuid', { optional: true }) ids?: string[];
  @UuidField({ optional: true }) account_id?: string;
  @IntegerField({ optional: true, min: 1 }) version?: number;
}

class OrderPatch {
  @StringField({ optional: true, max: 5 }) name?: string;
  @IntegerField({ optional: true, min: 1 }) version?: number;
}

class OrderQuery {
  @IntegerField({ optional: true, min: 1, max: 10 }) limit?: number;
  @BooleanField({ optional: true }) open?: boolean;
}

@Controller('orders')
class OrdersController {
  @Post() create(@Body() body: Order): Order {
    return body;
  }

  @Get() list(@Query() query: OrderQuery): OrderQuery {
    return query;
  }

  @Get('broken/outage') outage(): never {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
  }

  @Get('broken/bug') bug(): never {
    throw new Error('secret detail of table ops.user');
  }

  @Get(':id') get(@Param('id') id: string, @Owner() { userId }: Principal): object {
    return { id, user_id: userId };
  }

  @Patch(':id') patch(
    @Param('id') id: string,
    @Body() _body: OrderPatch,
    @ExpectedVersion() version: ExpectedVersion,
  ): object {
    return { id, version };
  }

  @Post(':id/stop') stop(@Param('id') id: string): object {
    return { id };
  }

  @Post('live') @Scopes('trade:live') live(): object {
    return {};
  }
}

@Module({
  imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })],
  controllers: [OrdersController],
})
class OrdersModule {}

const ID = '01890000-0000-7000-8000-000000000000';
const VALID = { name: 'a', side: 'BUY', qty: '1.50', legs: [{ window: 2 }] };

describe('an HTTP service', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let admin: TestUser;
  let viewer: TestUser;

  const start = async (env: Record<string, string> = {}): Promise<NestFastifyApplication> => {
    useEnvironment({ ...database.env, ...env });
    return createHttpApp(OrdersModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = await createTestUser(database.url);
    viewer = await createTestUser(database.url, 'viewer', ['trade:read']);
    app = await start();
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  const call = (method: Method, path: string, body?: unknown, headers: Record<string, string> = admin.headers) =>
    app.inject({ method, url: `/api/v1${path}`, headers, ...(body === undefined ? {} : { payload: body as object }) });

  it.each<[string, Method, string, unknown, string]>([
    ['a parameter of a route that takes none', 'GET', `/orders/${ID}?method=hrp`, undefined, 'method'],
    ['a body of a route that takes none', 'POST', `/orders/${ID}/stop`, { force: true }, 'force'],
    ['a parameter that a route does not know', 'GET', '/orders?sort=asc', undefined, 'sort'],
    ['a parameter beside a body', 'POST', '/orders?dry_run=true', VALID, 'dry_run'],
  ])('refuses %s instead of leaving it without effect', async (_what, method, path, body, field) => {
    const answer = await call(method, path, body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'validation_failed', errors: [{ field, rule: 'unknown_field' }] });
  });

  describe('answers bad input with problem+json that names field, rule and value', () => {
    it.each<[string, unknown, string, string, unknown]>([
      ['a missing field', { ...VALID, name: undefined }, 'name', 'required', null],
      ['a wrong type', { ...VALID, name: 5 }, 'name', 'string', 5],
      ['too long a text', { ...VALID, name: 'abcdef' }, 'name', 'max_length', 'abcdef'],
      ['a value outside the list', { ...VALID, side: 'HOLD' }, 'side', 'enum', 'HOLD'],
      ['a decimal that is none', { ...VALID, qty: '1,5' }, 'qty', 'decimal', '1,5'],
      ['a quantity of zero', { ...VALID, qty: 0 }, 'qty', 'exclusive_min', 0],
      ['a number above its maximum', { ...VALID, share: 1.5 }, 'share', 'max', 1.5],
      ['a number as text: nothing is converted', { ...VALID, share: '0.5' }, 'share', 'number', '0.5'],
      ['an empty list', { ...VALID, legs: [] }, 'legs', 'min_items', []],
      ['a nested value', { ...VALID, legs: [{ window: 3 }, { window: 1 }] }, 'legs[1].window', 'min', 1],
      ['a nested document of the wrong type', { ...VALID, main: 'x' }, 'main', 'type', 'x'],
      ['a wrong id in a list', { ...VALID, ids: ['x'] }, 'ids', 'item_uuid', ['x']],
      ['an unknown field', { ...VALID, colour: 'red' }, 'colour', 'unknown_field', 'red'],
      ['an unknown nested field', { ...VALID, main: { window: 2, x: 1 } }, 'main.x', 'unknown_field', 1],
      ['null where a value must be', { ...VALID, account_id: null }, 'account_id', 'not_null', null],
    ])('%s', async (_, body, field, rule, value) => {
      const answer = await call('POST', '/orders', body);
      expect(answer.statusCode).toBe(422);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      const problem = answer.json<Problem>();
      expect(problem).toMatchObject({
        type: 'urn:assay:problem:validation_failed',
        code: 'validation_failed',
        instance: '/api/v1/orders',
      });
      expect(problem.errors).toEqual([expect.objectContaining({ field, rule, value })]);
      expect(problem.errors![0]!.message).toContain(field);
    });

    it('all wrong fields at once', async () => {
      const { errors } = (await call('POST', '/orders', { ...VALID, side: 'x', qty: 'y' })).json<Problem>();
      expect(errors!.map(({ field }) => field).sort()).toEqual(['qty', 'side']);
    });

    it('in the form "window must be at least 2, was 1"', async () => {
      const { errors } = (await call('POST', '/orders', { ...VALID, legs: [{ window: 1 }] })).json<Problem>();
      expect(errors![0]!.message).toBe('legs[0].window must be at least 2, was 1');
    });

    it('a body that is no JSON', async () => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/orders',
        headers: { ...admin.headers, 'content-type': 'application/json' },
        payload: '{"name": ',
      });
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'malformed_json']);
    });

    it('a body that is no object, and one of another type', async () => {
      const list = await call('POST', '/orders', [VALID]);
      expect([list.statusCode, list.json<Problem>().errors![0]!.rule]).toEqual([422, 'type']);
      const xml = await app.inject({
        method: 'POST',
        url: '/api/v1/orders',
        headers: { ...admin.headers, 'content-type': 'application/xml' },
        payload: '<a/>',
      });
      expect([xml.statusCode, xml.json<Problem>().code]).toEqual([415, 'unsupported_media_type']);
    });

    it('a path id that is no UUID, and a path that does not exist', async () => {
      const id = await call('GET', '/orders/7');
      expect(id.json<Problem>().errors).toEqual([
        { field: 'id', rule: 'uuid', value: '7', message: 'id must be a UUID, was "7"' },
      ]);
      const path = await call('GET', '/nowhere');
      expect([path.statusCode, path.json<Problem>().code]).toEqual([404, 'not_found']);
      expect(path.headers['content-type']).toContain('application/problem+json');
    });

    it('a query', async () => {
      expect((await call('GET', '/orders?limit=3&open=true')).json()).toEqual({ limit: 3, open: true });
      expect((await call('GET', '/orders?limit=30')).json<Problem>().errors).toEqual([
        { field: 'limit', rule: 'max', value: 30, message: 'limit must be at most 10, was 30' },
      ]);
      expect((await call('GET', '/orders?limit=x')).json<Problem>().errors![0]).toMatchObject({
        rule: 'integer',
        value: 'x',
      });
      expect((await call('GET', '/orders?page=1')).json<Problem>().errors![0]).toMatchObject({
        field: 'page',
        rule: 'unknown_field',
      });
    });
  });

  it('takes a valid document as it is, decimals included', async () => {
    const answer = await call('POST', '/orders', { ...VALID, share: null });
    expect([answer.statusCode, answer.json()]).toEqual([201, { ...VALID, share: null }]);
  });

  it.each<[string, Record<string, string>, object, number, string | undefined]>([
    ['no version', {}, {}, 428, 'precondition_required'],
    ['different versions', { 'if-match': '"3"' }, { version: 4 }, 400, 'version_conflict_in_request'],
    ['a version that is none', { 'if-match': 'abc' }, {}, 422, 'validation_failed'],
    ['the header', { 'if-match': '"3"' }, {}, 200, undefined],
    ['the header without quotes', { 'if-match': '3' }, {}, 200, undefined],
    ['the body', {}, { version: 3 }, 200, undefined],
    ['both, the same', { 'if-match': 'W/"3"' }, { version: 3 }, 200, undefined],
  ])('a write with %s', async (_, headers, body, status, code) => {
    const answer = await call('PATCH', `/orders/${ID}`, body, { ...admin.headers, ...headers });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([status, code]);
    if (status === 200) expect(answer.json<{ version: number }>().version).toBe(3);
  });

  it('tells nothing of an unexpected error but its id', async () => {
    const answer = await call('GET', '/orders/broken/bug', undefined, { ...admin.headers, 'x-request-id': 'abc-123' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'internal_error', correlation_id: 'abc-123' });
    expect(answer.payload).not.toContain('secret detail');
    expect(answer.headers['x-request-id']).toBe('abc-123');
    const outage = await call('GET', '/orders/broken/outage');
    expect([outage.statusCode, outage.json<Problem>().code]).toEqual([503, 'unavailable']);
    expect(outage.payload).not.toContain('10.0.0.7');
  });

  describe('authentication', () => {
    it('takes the key in either header', async () => {
      expect((await call('GET', '/auth/me')).json()).toMatchObject({ id: admin.id, role: 'admin' });
      expect((await call('GET', '/auth/me', undefined, { 'x-api-key': admin.key })).statusCode).toBe(200);
    });

    it.each<[string, Record<string, string>]>([
      ['nothing', {}],
      ['an unknown key', { authorization: 'Bearer ak_unknown' }],
      ['a token signed by somebody else', { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln' }],
      ['another scheme', { authorization: 'Basic YTpi' }],
    ])('refuses %s', async (_, headers) => {
      const answer = await call('GET', `/orders/${ID}`, undefined, headers);
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([401, 'unauthenticated']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    });

    it('lets a viewer read and not write', async () => {
      expect((await call('GET', `/orders/${ID}`, undefined, viewer.headers)).statusCode).toBe(200);
      const write = await call('POST', '/orders', VALID, viewer.headers);
      expect([write.statusCode, write.json<Problem>().missing_scopes]).toEqual([403, ['trade:write']]);
      expect((await call('POST', '/orders/live', {}, viewer.headers)).json<Problem>().missing_scopes).toEqual([
        'trade:live',
      ]);
    });

    it('gives a token for a password, as a cookie too, until the user is disabled', async () => {
      const password = 'correct horse battery';
      const created = await call('POST', '/auth/users', { username: 'ann', password, role: 'trader' });
      expect(created.statusCode).toBe(201);
      expect(created.payload).not.toContain(password);
      const wrong = await call('POST', '/auth/token', { username: 'ann', password: 'wrong' }, {});
      expect([wrong.statusCode, wrong.json<Problem>().code]).toEqual([401, 'unauthenticated']);
      const login = await call('POST', '/auth/token', { username: 'ann', password }, {});
      const token = login.json<{ access_token: string }>().access_token;
      const cookie = String(login.headers['set-cookie']);
      expect(cookie).toContain('HttpOnly; SameSite=Strict');
      expect((await call('GET', '/auth/me', undefined, { authorization: `Bearer ${token}` })).json()).toMatchObject({
        username: 'ann',
      });
      expect((await call('GET', '/auth/me', undefined, { cookie: cookie.split(';')[0]! })).statusCode).toBe(200);

      const again = await call('POST', '/auth/users', { username: 'ann', role: 'viewer' });
      expect([again.statusCode, again.json<Problem>().code]).toEqual([409, 'already_exists']);
      const { Client } = await import('pg');
      const client = new Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query(`SELECT password_hash FROM ops."user" WHERE username = 'ann'`);
      expect(rows[0]).toEqual({ password_hash: expect.stringMatching(/^\$argon2id\$/) });
      await client.query(`UPDATE ops."user" SET disabled = true WHERE username = 'ann'`);
      await client.end();
      expect((await call('GET', '/auth/me', undefined, { authorization: `Bearer ${token}` })).statusCode).toBe(401);
    });

    it('ends a token at its logout, in every process, and leaves the other tokens of the user', async () => {
      const password = 'correct horse battery';
      await call('POST', '/auth/users', { username: 'bob', password, role: 'trader' });
      const logIn = async (): Promise<string> => {
        const login = await call('POST', '/auth/token', { username: 'bob', password }, {});
        return login.json<{ access_token: string }>().access_token;
      };
      const [laptop, phone, browser] = [await logIn(), await logIn(), await logIn()];
      const elsewhere = await start();
      try {
        const statusOf = async (token: string): Promise<number[]> => {
          const headers = { authorization: `Bearer ${token}` };
          const there = await elsewhere.inject({ method: 'GET', url: '/api/v1/auth/me', headers });
          return [(await call('GET', '/auth/me', undefined, headers)).statusCode, there.statusCode];
        };
        expect(await statusOf(laptop)).toEqual([200, 200]);
        const logOut = () => call('DELETE', '/auth/token', undefined, { authorization: `Bearer ${laptop}` });
        const first = await logOut();
        expect([first.statusCode, String(first.headers['set-cookie'])]).toEqual([
          204,
          expect.stringMatching(/^assay_token=;.*Max-Age=0/),
        ]);
        expect(await statusOf(laptop)).toEqual([401, 401]);
        expect((await logOut()).statusCode).toBe(204);
        expect(await statusOf(phone)).toEqual([200, 200]);

        expect((await call('DELETE', '/auth/token', undefined, { cookie: `assay_token=${browser}` })).statusCode).toBe(
          204,
        );
        expect(await statusOf(browser)).toEqual([401, 401]);
        expect((await call('DELETE', '/auth/token')).statusCode).toBe(204);
        expect((await call('GET', '/auth/me')).statusCode).toBe(200);
      } finally {
        await elsewhere.close();
      }
    });

    it('makes keys that can do no more than their maker, shows them once, and takes them back', async () => {
      const beyond = await call('POST', '/auth/keys', { name: 'k', scopes: ['trade:live'] }, viewer.headers);
      expect(beyond.json<Problem>().errors).toEqual([
        expect.objectContaining({ field: 'scopes', rule: 'scope_not_held' }),
      ]);
      const made = await call('POST', '/auth/keys', { name: 'k', scopes: ['trade:read'] });
      const { id, key } = made.json<{ id: string; key: string }>();
      expect(made.statusCode).toBe(201);
      const headers = { authorization: `Bearer ${key}` };
      expect((await call('GET', `/orders/${ID}`, undefined, headers)).statusCode).toBe(200);
      expect((await call('POST', '/orders', VALID, headers)).statusCode).toBe(403);
      expect((await call('GET', '/auth/keys')).payload).not.toContain(key);
      expect((await call('DELETE', `/auth/keys/${id}`, undefined, viewer.headers)).statusCode).toBe(404);
      expect((await call('DELETE', `/auth/keys/${id}`)).statusCode).toBe(204);
      expect((await call('GET', `/orders/${ID}`, undefined, headers)).statusCode).toBe(401);
    });
  });

  it('limits each key on its own, and says when to come back', async () => {
    const limited = await start({ RATE_LIMIT_PER_MINUTE: '3', ASSAY_DATA_DIR: mkdtempSync(join(tmpdir(), 'assay-')) });
    try {
      const get = (headers: Record<string, string>) =>
        limited.inject({ method: 'GET', url: `/api/v1/orders/${ID}`, headers });
      const codes: number[] = [];
      for (let i = 0; i < 4; i += 1) codes.push((await get(admin.headers)).statusCode);
      expect(codes).toEqual([200, 200, 200, 429]);
      const refused = await get(admin.headers);
      expect(refused.json()).toMatchObject({ code: 'rate_limited', limit: 3 });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await get(viewer.headers)).statusCode).toBe(200);
    } finally {
      await limited.close();
    }
  });
});
