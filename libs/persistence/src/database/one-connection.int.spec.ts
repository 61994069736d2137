import { newId } from '@assay/primitives';
import { createTestDatabase, useEnvironment, type TestDatabase } from '@assay/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { UserEntity } from '../ops';
import { runInOperation } from '../outbox/operation-context';
import { createDataSource } from './data-source';
import { DatabaseProbe } from './database-probe';
import { SecondConnectionError } from './held-connections';
import { Transactions } from './transactions';

const LIMITS = { poolWaitMs: 300, statementMs: 400, lockMs: 200, idleInTransactionMs: 600 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('connections of a transaction', () => {
  let database: TestDatabase;
  let source: DataSource;
  let tx: Transactions;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    const settings = { url: database.url, rolePrefix: '', poolSize: 2, limits: LIMITS };
    source = await createDataSource({ ...settings, entities: [UserEntity] }).initialize();
    tx = new Transactions(source);
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a query of the data source', () => source.query('SELECT 1')],
    ['the default manager', () => source.manager.find(UserEntity)],
    ['a repository of the default manager', () => source.getRepository(UserEntity).count()],
    ['a query builder', () => source.createQueryBuilder(UserEntity, 'u').getMany()],
    ['another transaction', () => tx.run(() => Promise.resolve(1))],
    ['a query runner', () => source.createQueryRunner().connect()],
  ])('refuses %s inside a transaction, at the first call', async (_, ask) => {
    await expect(tx.run(ask)).rejects.toThrow(SecondConnectionError);
    await expect(source.transaction(ask)).rejects.toThrow(
      'inside a transaction its manager is the only way to the database',
    );
    // and the pool is whole again
    const one = (em: EntityManager): Promise<unknown> => em.query('SELECT 1 AS one');
    await expect(Promise.all([1, 2, 3].map(() => tx.run(one)))).resolves.toHaveLength(3);
  });

  it('lets what was started inside go on alone after the end', async () => {
    let late: Promise<unknown> = Promise.resolve();
    await tx.run((em) => {
      late = pause(30).then(() => source.query('SELECT 1'));
      return em.query('SELECT 1');
    });
    await expect(late).resolves.toBeDefined();
  });

  it('writes what the operation adds in the same transaction, or not at all', async () => {
    const write = (username: string, fails: boolean) =>
      runInOperation(
        {
          correlationId: 'c',
          actor: null,
          beforeCommit: (em) => em.insert(UserEntity, { id: newId(), username, role: 'viewer' }).then(() => undefined),
        },
        () => tx.run((em) => (fails ? Promise.reject(new Error('no')) : em.query('SELECT 1'))),
      );
    await write('kept', false);
    await write('dropped', true).catch(() => undefined);
    expect(await source.manager.findBy(UserEntity, {})).toMatchObject([{ username: 'kept' }]);
  });

  it('gives no connection to an operation whose outcome nobody waits for, whether it asks or has waited for one', async () => {
    const leaving = new AbortController();
    const operation = { correlationId: 'c', actor: null, signal: leaving.signal };
    const ask = () => runInOperation(operation, () => source.query('SELECT 1'));
    let free = (): void => undefined;
    const until = new Promise<void>((resolve) => (free = resolve));
    const held = [1, 2].map(() => tx.run((em) => em.query('SELECT 1').then(() => until)));
    await pause(50);
    const waiting = ask();
    waiting.catch(() => undefined);
    await pause(10);
    leaving.abort(new Error('gone'));
    free();
    await Promise.all(held);
    await expect(waiting).rejects.toThrow('gone');
    await expect(ask()).rejects.toThrow('gone');
    await expect(Promise.all([1, 2, 3].map(() => source.query('SELECT 1')))).resolves.toHaveLength(3);
  });

  it('bounds the wait for a connection, and the probe answers meanwhile', async () => {
    let free = (): void => undefined;
    const until = new Promise<void>((resolve) => (free = resolve));
    const hold = (): Promise<void> => tx.run((em) => em.query('SELECT 1').then(() => until));
    const held = [hold(), hold()];
    for (const one of held) one.catch(() => undefined);
    await pause(50);
    const probe = new DatabaseProbe();
    await expect(probe.answers()).resolves.toBe(true);
    await expect(source.query('SELECT 1')).rejects.toMatchObject({ code: 'POOL_EXHAUSTED' });
    await probe.onApplicationShutdown();
    free();
    await Promise.all(held);
  });

  it('bounds statements, but for a transaction that states another limit', async () => {
    await expect(source.query('SELECT pg_sleep(2)')).rejects.toMatchObject({ driverError: { code: '57014' } });
    await tx.run((em) => em.query('SELECT pg_sleep(0.6)'), { statementMs: 5_000 });
  });

  it('bounds the wait for a lock', async () => {
    const first = tx.run(async (em) => {
      await em.query('SELECT pg_advisory_xact_lock(2)');
      await pause(280);
    });
    await pause(50);
    await expect(tx.run((em) => em.query('SELECT pg_advisory_xact_lock(2)'))).rejects.toMatchObject({
      driverError: { code: '55P03' },
    });
    await first;
  });

  it('ends a transaction whose holder went away, and gives its locks free', async () => {
    const gone = tx.run(async (em) => {
      await em.query('SELECT pg_advisory_xact_lock(3)');
      await pause(1_000);
      return em.query('SELECT 1');
    });
    await expect(gone).rejects.toThrow();
    await expect(tx.run((em) => em.query('SELECT pg_advisory_xact_lock(3)'))).resolves.toBeDefined();
  });
});
