import {
  buildOnce,
  createTestDatabase,
  createTestUser,
  describeOnStacks,
  eventually,
  startService,
  useEnvironment,
  type ServiceProgram,
  type TestDatabase,
} from '@assay/testing';
import { Client } from 'pg';
import { importMarket, ResearchHarness, seedRuleStrategy } from '../../../test/research-harness';

/** Locks of the test by which it stops a worker where it wants it: trials written but not committed, and the answer not yet recorded. */
const IN_A_SHARD = 4711;
const IN_THE_MERGE = 4712;
const STOPS = `
  CREATE FUNCTION public.stop_in_a_shard() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(${IN_A_SHARD}); RETURN NULL; END $$;
  CREATE TRIGGER stop_in_a_shard AFTER INSERT ON research.trial FOR EACH STATEMENT EXECUTE FUNCTION public.stop_in_a_shard();
  CREATE FUNCTION public.stop_in_the_merge() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(${IN_THE_MERGE}); RETURN NEW; END $$;
  CREATE TRIGGER stop_in_the_merge BEFORE UPDATE ON ops.job FOR EACH ROW
    WHEN (NEW.kind = 'backtest.sweep' AND NEW.state = 'completed') EXECUTE FUNCTION public.stop_in_the_merge()`;

/** 1,200 cells: three shards. */
const PARAMS = [
  { path: 'features.0.params.window', range: '2:41' },
  { path: 'costs.fee_bps', range: '0:29' },
];

interface Ended {
  /** The result as text, and a digest of the trials in ledger order. */
  result: string;
  ledger: string;
  trials: number;
  /** Runs of the sweep itself, and of its shards. */
  runs: number;
  shardRuns: number[];
}

describeOnStacks('a sweep on worker processes that are killed with SIGKILL', (stack) => {
  let database: TestDatabase;
  let harness: ResearchHarness;
  let sql: Client;
  const workers: ServiceProgram[] = [];
  let undisturbed: Ended;

  beforeAll(async () => {
    buildOnce();
    database = await createTestDatabase(stack);
    useEnvironment(database.env);
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    await sql.query(STOPS);
    harness = await ResearchHarness.start({ worker: false });
    await importMarket(harness.as(await createTestUser(database.url)), 'WALK', { bars: 400, seed: 5 });
    const id = await submit();
    await start();
    undisturbed = await end(id);
  });

  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill();
  });

  afterAll(async () => {
    await harness?.close();
    await sql?.end();
    await database?.drop();
  });

  const start = async (concurrency = 1): Promise<ServiceProgram> => {
    const env = { ...database.env, ASSAY_SWEEP_MS: '200', ASSAY_JOB_CONCURRENCY: String(concurrency) };
    const worker = await startService('apps/research/src/worker', env);
    if (!worker.isReady) throw new Error('the worker ended before it was ready');
    workers.push(worker);
    return worker;
  };

  /** By an owner of its own, so that every sweep begins with an empty ledger. */
  const submit = async (more: object = {}, symbol = 'WALK'): Promise<string> => {
    const api = harness.as(await createTestUser(database.url));
    const { id } = await seedRuleStrategy(api, symbol);
    return (await api.ok('POST', '/backtests/sweep', { strategy_id: id, params: PARAMS, ...more })).job_id;
  };

  const end = async (id: string): Promise<Ended> => {
    const row = await eventually(
      'the end of the sweep',
      async () => {
        const { rows } = await sql.query(
          'SELECT state, error, attempts, owner_id, result::text AS result FROM ops.job WHERE id = $1',
          [id],
        );
        if (rows[0].state === 'failed') throw new Error(JSON.stringify(rows[0].error));
        return rows[0].state === 'completed' && rows[0];
      },
      60_000,
    );
    const { rows: shards } = await sql.query('SELECT attempts FROM ops.job WHERE parent_id = $1 ORDER BY shard', [id]);
    const { rows: ledger } = await sql.query(
      `SELECT count(*)::int AS trials, md5(string_agg(config_hash || params || metrics || encode(series, 'hex'), ',' ORDER BY id)) AS digest
       FROM research.trial WHERE owner_id = $1`,
      [row.owner_id],
    );
    const { trials, digest } = ledger[0];
    return { result: row.result, ledger: digest, trials, runs: row.attempts, shardRuns: shards.map((s) => s.attempts) };
  };

  /** Kills the only worker once it stands at the stop, with whatever its sessions would still do. */
  const killAt = async (stop: number): Promise<void> => {
    const worker = workers[0]!;
    const waiting = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${stop} AND NOT granted`;
    await eventually('the worker at the stop', async () => (await sql.query(waiting)).rows.length > 0, 60_000);
    await worker.kill();
    await sql.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'assay-research' AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)`,
    );
    await eventually('the end of its sessions', async () => (await sql.query(waiting)).rows.length === 0);
    workers.splice(0);
  };
  const hold = (stop: number) => sql.query('SELECT pg_advisory_lock($1)', [stop]);
  const letGo = (stop: number) => sql.query('SELECT pg_advisory_unlock($1)', [stop]);
  const expireLeases = () =>
    sql.query(`UPDATE ops.job SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);

  it('is, undisturbed on one worker, three shards with each cell tried once', () => {
    expect(undisturbed).toMatchObject({ trials: 1200, runs: 2, shardRuns: [1, 1, 1] });
    expect(JSON.parse(undisturbed.result)).toMatchObject({ cells: 1200, trials: 1200 });
  });

  it('gives the same on several workers', async () => {
    const id = await submit();
    await Promise.all([start(), start()]);
    expect(await end(id)).toEqual(undisturbed);
  });

  it('in the middle of a shard: the next worker completes it, every trial once, to the same bytes', async () => {
    const id = await submit();
    await hold(IN_A_SHARD);
    await start();
    await killAt(IN_A_SHARD);
    await letGo(IN_A_SHARD);
    await expireLeases();
    await start();
    const after = await end(id);
    expect(Math.max(...after.shardRuns)).toBe(2);
    expect(after).toEqual({ ...undisturbed, shardRuns: after.shardRuns });
  });

  it('before its answer is recorded: the next worker merges the same shards to the same bytes', async () => {
    const id = await submit();
    await hold(IN_THE_MERGE);
    await start();
    await killAt(IN_THE_MERGE);
    await letGo(IN_THE_MERGE);
    await expireLeases();
    await start();
    expect(await end(id)).toEqual({ ...undisturbed, runs: 3 });
  });

  it.each([
    ['a guided search', {}],
    ['a guided search that gives cells up', { objective: 'cpcv', prune: 'median' }],
  ])('in the middle of %s: the next worker goes on with the cells that the first would have tried', async (_, more) => {
    const search = { search: { method: 'tpe', samples: 100, seed: 3 }, ...more };
    const reference = await submit(search);
    await start();
    const whole = await end(reference);
    expect(whole).toMatchObject({ trials: 100, runs: 12, shardRuns: Array(11).fill(1) });

    const id = await submit(search);
    const done = `SELECT 1 FROM ops.job WHERE parent_id = '${id}' AND state = 'completed'`;
    await eventually('two batches', async () => (await sql.query(done)).rows.length >= 2);
    await hold(IN_A_SHARD);
    await killAt(IN_A_SHARD);
    await letGo(IN_A_SHARD);
    await expireLeases();
    await start();
    const after = await end(id);
    expect(after).toEqual({ ...whole, shardRuns: after.shardRuns });
  });

  /** Imports bars while the first shards stand before their end and the last has not begun. */
  const importMeanwhile = async (id: string, symbol: string, shape: { bars: number; seed: number }): Promise<void> => {
    await hold(IN_A_SHARD);
    await start();
    const stands = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${IN_A_SHARD} AND NOT granted`;
    await eventually('a shard before its end', async () => (await sql.query(stands)).rows.length > 0);
    const last = `SELECT 1 FROM ops.job WHERE parent_id = '${id}' AND shard = 2 AND state = 'queued'`;
    expect((await sql.query(last)).rows).toHaveLength(1);
    await importMarket(harness.as(await createTestUser(database.url)), symbol, shape);
    await letGo(IN_A_SHARD);
  };

  it('reads the bars it began with when more are imported meanwhile', async () => {
    await importMarket(harness.as(await createTestUser(database.url)), 'MORE', { bars: 400, seed: 5 });
    const id = await submit({}, 'MORE');
    await importMeanwhile(id, 'MORE', { bars: 420, seed: 5 });
    // the hashes of the trials know the symbol, the figures do not
    expect((await end(id)).result).toBe(undisturbed.result);
  });

  it('is refused when the bars it began with are corrected meanwhile', async () => {
    await importMarket(harness.as(await createTestUser(database.url)), 'FIX', { bars: 400, seed: 5 });
    const id = await submit({}, 'FIX');
    await importMeanwhile(id, 'FIX', { bars: 400, seed: 6 });
    await expect(end(id)).rejects.toThrow('changed while they were swept: submit the sweep again');
  });
});
