import {
  createTestDatabase,
  createTestUser,
  eventually,
  startService,
  useEnvironment,
  type ServiceProgram,
  type TestDatabase,
} from '@assay/testing';
import { Client } from 'pg';
import { ResearchHarness, type ResearchClient } from './research-harness';

/** Locks of a test by which it stops a worker where it wants it: trials written but not committed, and the answer not yet recorded. */
export const IN_A_SHARD = 4711;
export const IN_THE_MERGE = 4712;
const STOPS = `
  CREATE FUNCTION public.stop_in_a_shard() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(${IN_A_SHARD}); RETURN NULL; END $$;
  CREATE TRIGGER stop_in_a_shard AFTER INSERT ON research.trial FOR EACH STATEMENT EXECUTE FUNCTION public.stop_in_a_shard();
  CREATE FUNCTION public.stop_in_the_merge() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(${IN_THE_MERGE}); RETURN NEW; END $$;
  CREATE TRIGGER stop_in_the_merge BEFORE UPDATE ON ops.job FOR EACH ROW
    WHEN (NEW.kind IN ('backtest.sweep', 'validation.walk_forward_search', 'model.tune') AND NEW.state = 'completed') EXECUTE FUNCTION public.stop_in_the_merge()`;

/** A safety net: what is waited for comes when the machine gets to it. */
const SAFETY_MS = 180_000;

export interface EndedSweep {
  /** The result as text, and a digest of the trials in ledger order. */
  result: string;
  ledger: string;
  trials: number;
  /** Runs of the sweep itself, and of its shards. */
  runs: number;
  shardRuns: number[];
}

/** A research service whose jobs are left to worker processes, which a test stops at a point and kills with SIGKILL. */
export class KilledWorkers {
  private readonly workers: ServiceProgram[] = [];

  private constructor(
    private readonly database: TestDatabase,
    private readonly harness: ResearchHarness,
    readonly sql: Client,
  ) {}

  static async on(stack: Parameters<typeof createTestDatabase>[0]): Promise<KilledWorkers> {
    const database = await createTestDatabase(stack);
    useEnvironment(database.env);
    const sql = new Client({ connectionString: database.url });
    await sql.connect();
    await sql.query(STOPS);
    return new KilledWorkers(database, await ResearchHarness.start({ worker: false }), sql);
  }

  /** As an owner of its own, so that what it sweeps begins with an empty ledger. */
  async as(): Promise<ResearchClient> {
    return this.harness.as(await createTestUser(this.database.url));
  }

  /** One more worker, of one job at a time. */
  async start(): Promise<void> {
    const env = { ...this.database.env, ASSAY_SWEEP_MS: '200', ASSAY_JOB_CONCURRENCY: '1' };
    const worker = await startService('apps/research/src/worker', env);
    if (!worker.isReady) throw new Error('the worker ended before it was ready');
    this.workers.push(worker);
  }

  /** A single worker: that of the test before, where there is one. */
  async single(): Promise<void> {
    for (const worker of this.workers.splice(1)) await worker.kill();
    if (this.workers.length === 0) await this.start();
  }

  async end(id: string): Promise<EndedSweep> {
    const row = await eventually(
      'the end of the sweep',
      async () => {
        const { rows } = await this.sql.query(
          'SELECT state, error, attempts, owner_id, result::text AS result FROM ops.job WHERE id = $1',
          [id],
        );
        if (rows[0].state === 'failed') throw new Error(JSON.stringify(rows[0].error));
        return rows[0].state === 'completed' && rows[0];
      },
      SAFETY_MS,
    );
    const { rows: shards } = await this.sql.query('SELECT attempts FROM ops.job WHERE parent_id = $1 ORDER BY shard', [
      id,
    ]);
    const { rows: ledger } = await this.sql.query(
      `SELECT count(*)::int AS trials, md5(string_agg(config_hash || params || metrics || encode(series, 'hex'), ',' ORDER BY id)) AS digest
       FROM research.trial WHERE owner_id = $1`,
      [row.owner_id],
    );
    const { trials, digest } = ledger[0];
    return { result: row.result, ledger: digest, trials, runs: row.attempts, shardRuns: shards.map((s) => s.attempts) };
  }

  /** Kills the single worker once it stands at the stop, with whatever its sessions would still do. */
  private async killAt(stop: number): Promise<void> {
    const worker = this.workers[0]!;
    const waiting = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${stop} AND NOT granted`;
    await eventually('the worker at the stop', async () => (await this.sql.query(waiting)).rows.length > 0, SAFETY_MS);
    await worker.kill();
    await this.sql.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'assay-research' AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)`,
    );
    await eventually(
      'the end of its sessions',
      async () => (await this.sql.query(waiting)).rows.length === 0,
      SAFETY_MS,
    );
    this.workers.splice(0);
  }

  async hold(stop: number): Promise<void> {
    await this.sql.query('SELECT pg_advisory_lock($1)', [stop]);
  }

  private async letGo(stop: number): Promise<void> {
    await this.sql.query('SELECT pg_advisory_unlock($1)', [stop]);
  }

  /** Every stop, such as a test that failed has left. */
  async letAllGo(): Promise<void> {
    await this.sql.query('SELECT pg_advisory_unlock_all()');
  }

  /** Kills the single worker at a stop, and another takes its place. */
  async replaceAt(stop: number): Promise<void> {
    await this.killAt(stop);
    await this.letGo(stop);
    await this.sql.query(`UPDATE ops.job SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
    await this.start();
  }

  /** Submits a sweep and does something while its first shards stand before their end and the last of three has not begun. */
  async meanwhile(submit: () => Promise<string>, step: (api: ResearchClient) => Promise<unknown>): Promise<string> {
    await this.single();
    await this.hold(IN_A_SHARD);
    const id = await submit();
    const stands = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${IN_A_SHARD} AND NOT granted`;
    try {
      await eventually('a shard before its end', async () => (await this.sql.query(stands)).rows.length > 0, SAFETY_MS);
      const last = `SELECT 1 FROM ops.job WHERE parent_id = '${id}' AND shard = 2 AND state = 'queued'`;
      if ((await this.sql.query(last)).rows.length !== 1) throw new Error('the last shard has begun');
      await step(await this.as());
    } finally {
      await this.letGo(IN_A_SHARD);
    }
    return id;
  }

  async close(): Promise<void> {
    for (const worker of this.workers.splice(0)) await worker.kill();
    await this.harness.close();
    await this.sql.end();
    await this.database.drop();
  }
}
