import { newId } from '@assay/primitives/ids';
import { createTestDatabase, eventually, useEnvironment, type TestDatabase } from '@assay/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { UserEntity } from '../ops';
import { runInOperation } from '../outbox/operation-context';
import type { ConnectionLimits } from './connection-limits';
import { createDataSource } from './data-source';
import { DatabaseProbe } from './database-probe';
import { SecondConnectionError } from './held-connections';
import { Transactions } from './transactions';

/** Far beyond what a busy machine needs: each test shortens the one limit that it is about. */
const LIMITS: ConnectionLimits = {
  poolWaitMs: 60_000,
  statementMs: 60_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
};

/** A promise and what fulfils it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('connections of a transaction', () => {
  let database: TestDatabase;
  let source: DataSource;
  let tx: Transactions;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    source = await connect({});
    tx = new Transactions(source);
  });

  const connect = (limits: Partial<ConnectionLimits>): Promise<DataSource> => {
    const settings = { url: database.url, rolePrefix: '', poolSize: 2, limits: { ...LIMITS, ...limits } };
    return createDataSource({ ...settings, entities: [UserEntity] }).initialize();
  };
  const withLimits = async (limits: Partial<ConnectionLimits>, body: (other: DataSource) => Promise<void>) => {
    const other = await connect(limits);
    try {
      await body(other);
    } finally {
      await other.destroy();
    }
  };

  /** A transaction that has done `sql` and stays open until it is let go. */
  async function holding(of: DataSource, sql = 'SELECT 1'): Promise<{ end: () => Promise<void> }> {
    const [taken, free] = [gate(), gate()];
    const over = new Transactions(of).run(async (em) => {
      await em.query(sql);
      taken.open();
      await free.opened;
    });
    await Promise.race([taken.opened, over]);
    return { end: () => (free.open(), over) };
  }

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
    const ended = gate();
    let late: Promise<unknown> = Promise.resolve();
    await tx.run((em) => {
      late = ended.opened.then(() => source.query('SELECT 1'));
      return em.query('SELECT 1');
    });
    ended.open();
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
    const held = [await holding(source), await holding(source)];
    const waiting = ask();
    waiting.catch(() => undefined);
    const { master: pool } = source.driver as unknown as { master: { waitingCount: number } };
    await eventually('its wait', () => pool.waitingCount === 1);
    leaving.abort(new Error('gone'));
    for (const { end } of held) await end();
    await expect(waiting).rejects.toThrow('gone');
    await expect(ask()).rejects.toThrow('gone');
    await expect(Promise.all([1, 2, 3].map(() => source.query('SELECT 1')))).resolves.toHaveLength(3);
  });

  it('bounds the wait for a connection, and the probe answers meanwhile', () =>
    // Connecting is bounded by it too.
    withLimits({ poolWaitMs: 2_000 }, async (other) => {
      const held = [await holding(other), await holding(other)];
      const probe = new DatabaseProbe();
      await expect(probe.answers()).resolves.toBe(true);
      await expect(other.query('SELECT 1')).rejects.toMatchObject({ code: 'POOL_EXHAUSTED' });
      await probe.onApplicationShutdown();
      for (const { end } of held) await end();
    }));

  it('bounds statements, but for a transaction that states another limit', () =>
    withLimits({ statementMs: 400 }, async (other) => {
      await expect(other.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ driverError: { code: '57014' } });
      const long = (em: EntityManager): Promise<unknown> => em.query('SELECT pg_sleep(0.6)');
      await new Transactions(other).run(long, { statementMs: 60_000 });
    }));

  it('bounds the wait for a lock', () =>
    withLimits({ lockMs: 200 }, async (other) => {
      const { end } = await holding(source, 'SELECT pg_advisory_xact_lock(2)');
      await expect(other.query('SELECT pg_advisory_xact_lock(2)')).rejects.toMatchObject({
        driverError: { code: '55P03' },
      });
      await end();
    }));

  it('ends a transaction whose holder went away, and gives its locks free', () =>
    withLimits({ idleInTransactionMs: 300 }, async (other) => {
      const { end } = await holding(other, 'SELECT pg_advisory_xact_lock(3)');
      // It comes free although its holder has not ended it.
      await expect(tx.run((em) => em.query('SELECT pg_advisory_xact_lock(3)'))).resolves.toBeDefined();
      await expect(end()).rejects.toThrow();
    }));
});
