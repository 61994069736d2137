import { AuditEntity, PersistenceModule, Transactions } from '@assay/persistence';
import { DomainError } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase, type TestUser } from '@assay/testing';
import { Body, Controller, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { StringField } from '../dto';
import { createHttpApp } from '../http';

class ThingDto {
  @StringField({ min: 1, max: 20 }) name: string;
  @StringField({ optional: true, max: 20 }) note?: string;
}

/** What the next request does besides its effect. */
let before: () => Promise<void> = () => Promise.resolve();
let after: () => Promise<void> = () => Promise.resolve();

@Controller('things')
class ThingsController {
  constructor(private readonly tx: Transactions) {}

  @Post() async create(@Body() { name }: ThingDto): Promise<object> {
    await before();
    const id = newId();
    await this.tx.run((em) => em.insert(AuditEntity, { id, action: 'thing', subject: name }));
    await after();
    return { id, name };
  }

  @Post('other') other(@Body() { name }: ThingDto): Promise<object> {
    return this.create({ name });
  }
}

@Module({
  imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })],
  controllers: [ThingsController],
})
class ThingsModule {}

describe('Idempotency-Key', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let user: TestUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    user = await createTestUser(database.url);
    app = await createHttpApp(ThingsModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  });

  afterEach(() => {
    before = after = () => Promise.resolve();
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const post = (key: string | undefined, body: object, path = '/things', headers = user.headers as object) =>
    app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      payload: body,
    });
  const made = (name: string): Promise<number> =>
    app.get(DataSource).manager.countBy(AuditEntity, { action: 'thing', subject: name });
  const sql = (text: string, values: unknown[] = []): Promise<any[]> => app.get(DataSource).query(text, values);

  it('carries a request out once and answers every other like it the same', async () => {
    const first = await post('once', { name: 'once', note: 'n' });
    const second = await post('once', { note: 'n', name: 'once' });
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.body).toBe(first.body);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect([first, second].map((answer) => answer.headers['idempotency-replayed'])).toEqual([undefined, 'true']);
    expect(await made('once')).toBe(1);
    // without a key nothing is remembered
    await post(undefined, { name: 'once', note: 'n' });
    expect(await made('once')).toBe(2);
  });

  it('refuses another content under the same key, and takes the key on another route and of another caller', async () => {
    await post('reused', { name: 'reused' });
    const other = await post('reused', { name: 'else' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency_key_reused']);
    expect((await post('reused', { name: 'reused' }, '/things?x=1')).statusCode).toBe(422);
    expect((await post('reused', { name: 'else' }, '/things/other')).statusCode).toBe(201);
    const { headers } = await createTestUser(database.url);
    expect((await post('reused', { name: 'else' }, '/things', headers)).statusCode).toBe(201);
    expect(await made('else')).toBe(2);
  });

  it('keeps refusals too', async () => {
    const [first, second] = [await post('refused', { name: '' }), await post('refused', { name: '' })];
    expect([first.statusCode, second.statusCode, second.headers['idempotency-replayed']]).toEqual([422, 422, 'true']);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.body).toBe(first.body);
  });

  it('answers 409 with Retry-After while the first is being worked on', async () => {
    let go = (): void => undefined;
    const until = new Promise<void>((resolve) => (go = resolve));
    let started = (): void => undefined;
    const atWork = new Promise<void>((resolve) => (started = resolve));
    before = () => (started(), until);
    const first = post('busy', { name: 'busy' });
    void first.then(() => undefined);
    await atWork;
    const others = await Promise.all(Array.from({ length: 20 }, () => post('busy', { name: 'busy' })));
    for (const other of others) {
      expect([other.statusCode, other.json().code, other.headers['retry-after']]).toEqual([
        409,
        'request_in_progress',
        '1',
      ]);
    }
    go();
    const { body } = await first;
    expect((await post('busy', { name: 'busy' })).body).toBe(body);
    expect(await made('busy')).toBe(1);
  });

  it('frees the key after a failure without an effect', async () => {
    before = () => Promise.reject(new Error('down'));
    expect((await post('failed', { name: 'failed' })).statusCode).toBe(500);
    before = () => Promise.resolve();
    expect((await post('failed', { name: 'failed' })).statusCode).toBe(201);
    expect(await made('failed')).toBe(1);
  });

  it('keeps no answer that says to come again later', async () => {
    before = () => Promise.reject(new DomainError('rate_limited', 'too many', { retry_after_s: 1 }));
    expect((await post('later', { name: 'later' })).statusCode).toBe(429);
    before = () => Promise.reject(new DomainError('conflict', 'busy', { retry_after_s: 1 }));
    expect((await post('later', { name: 'later' })).statusCode).toBe(409);
    before = () => Promise.resolve();
    const done = await post('later', { name: 'later' });
    expect([done.statusCode, done.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect(await made('later')).toBe(1);
  });

  it('never repeats an effect whose answer was lost', async () => {
    after = () => Promise.reject(new Error('died between the effect and its answer'));
    expect((await post('lost', { name: 'lost' })).statusCode).toBe(500);
    after = () => Promise.resolve();
    const again = await post('lost', { name: 'lost' });
    expect([again.statusCode, again.json().code, again.json().idempotency_key]).toEqual([409, 'answer_lost', 'lost']);
    expect(again.json().detail).toContain('under a new key');
    expect(await made('lost')).toBe(1);
  });

  it('fences a request that was taken for dead: of the two one has its effect', async () => {
    let go = (): void => undefined;
    const until = new Promise<void>((resolve) => (go = resolve));
    let started = (): void => undefined;
    const atWork = new Promise<void>((resolve) => (started = resolve));
    before = () => (started(), until);
    const slow = post('fenced', { name: 'fenced' });
    void slow.then(() => undefined);
    await atWork;
    await sql(`UPDATE ops.idempotency_key SET held_until = now() - interval '1 second' WHERE key = 'fenced'`);
    before = () => Promise.resolve();
    const quick = await post('fenced', { name: 'fenced' });
    expect(quick.statusCode).toBe(201);
    go();
    const overtaken = await slow;
    expect([overtaken.statusCode, overtaken.json().code]).toEqual([409, 'request_in_progress']);
    expect(await made('fenced')).toBe(1);
    expect((await post('fenced', { name: 'fenced' })).body).toBe(quick.body);
  });

  it('forgets after a day', async () => {
    await post('day', { name: 'day' });
    await sql(`UPDATE ops.idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'day'`);
    expect((await post('day', { name: 'anew' })).statusCode).toBe(201);
  });

  it('shows a created API key again to its maker only, and stores none in clear', async () => {
    const body = { name: 'made', scopes: ['trade:read'] };
    const first = await post('key', body, '/auth/keys');
    expect(first.statusCode).toBe(201);
    expect((await post('key', body, '/auth/keys')).json().key).toBe(first.json().key);
    const [row] = await sql(`SELECT answer FROM ops.idempotency_key WHERE key = 'key'`);
    expect(row.answer.toString('latin1')).not.toContain(first.json().key);
    const lesser = { authorization: `Bearer ${first.json().key}` };
    const other = await post('key', body, '/auth/keys', lesser);
    expect(other.json().key).not.toBe(first.json().key);
  });

  it.each(['', ' ', 'a b', 'x'.repeat(256), 'ü'])('refuses the key %j', async (key) => {
    const answer = await post(key, { name: 'wrong' });
    expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, 'Idempotency-Key']);
  });
});
