import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { ResearchHarness, type ResearchClient } from '../../../test/research-harness';
import { FileImports } from './file-imports';

/** Locks of the test by which it stops a worker where it wants it: before it reads, once all is read, in the middle of the bars, and once they are judged. */
const BEFORE_READING = 4721;
const READ = 4722;
const IN_THE_COPY = 4723;
const JUDGED = 4724;
const FIRST_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;
/** More than lie in memory, of text and of bars. */
const BARS = 101_000;
const STOPPED_AT = 10_000;
const stop = (name: string, lock: number, on: string): string => `
  CREATE FUNCTION public.${name}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(${lock}); RETURN NEW; END $$;
  CREATE TRIGGER ${name} BEFORE ${on} EXECUTE FUNCTION public.${name}();`;
const jobSays = (message: string): string =>
  `UPDATE ON ops.job FOR EACH ROW WHEN (NEW.message LIKE '${message} %' AND NEW.message IS DISTINCT FROM OLD.message)`;
const STOPS = [
  stop('before_reading', BEFORE_READING, jobSays('reading')),
  stop('all_read', READ, jobSays('writing')),
  stop(
    'in_the_copy',
    IN_THE_COPY,
    `INSERT ON market.bar FOR EACH ROW WHEN (NEW.open_time = '${new Date(FIRST_MS + STOPPED_AT * MINUTE_MS).toISOString()}')`,
  ),
  stop('judged', JUDGED, 'INSERT ON market.quality FOR EACH ROW'),
].join('\n');

function minutes(): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < BARS; i += 1) {
    const close = (100 + Math.sin(i / 50)).toFixed(12);
    const [high, low] = [101.5, 98.5].map((bound) => bound.toFixed(12));
    lines.push([new Date(FIRST_MS + i * MINUTE_MS).toISOString(), close, high, low, close, i % 1000].join(','));
  }
  return lines.join('\n');
}

/** What a request answers with that brings the same file, on any stack. */
let reference: Record<string, any> | undefined;

/** The embedded stack sees every stop; the other what a queue of its own may change: which worker goes on, and what a cancel reaches. */
describeOnStacks('an import by a worker process', (stack) => {
  const isWholeStack = stack.kind === 'embedded';
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-import-crash-'));
  const content = minutes();
  let database: TestDatabase;
  let env: Record<string, string>;
  let harness: ResearchHarness;
  let api: ResearchClient;
  let sql: Client;
  let worker: ServiceProgram | undefined;

  beforeAll(async () => {
    buildOnce();
    database = await createTestDatabase(stack);
    env = { ...database.env, ASSAY_DATA_DIR: dataDir, ARTIFACT_URL: '' };
    useEnvironment(env);
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    await sql.query(STOPS);
    harness = await ResearchHarness.start({ worker: false });
    api = harness.as(await createTestUser(database.url));
    if (reference) return;
    const whole = await send('WHOLE');
    expect(whole.status).toBe(201);
    reference = whole.body;
    expect(reference).toMatchObject({ bars: BARS, inserted: BARS });
  });

  beforeEach(async () => {
    if (!worker) await start();
  });
  // such as a test that failed has left
  afterEach(() => sql.query('SELECT pg_advisory_unlock_all()'));

  afterAll(async () => {
    await worker?.kill();
    await harness?.close();
    await sql?.end();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const send = (symbol: string, more = {}) => {
    const fields = { source: 'crash', symbol, timeframe: '1m', market: 'CRYPTO', ...more };
    const path = `/data/import?${new URLSearchParams(fields).toString()}`;
    return api.send('POST', path, content, { 'content-type': 'text/csv' });
  };
  const submit = async (symbol: string): Promise<string> => {
    const accepted = await send(symbol, { background: 'true' });
    expect(accepted.status).toBe(202);
    return accepted.body.job_id;
  };
  const start = async (): Promise<void> => {
    worker = await startService('apps/research/src/worker', { ...env, ASSAY_SWEEP_MS: '200' });
    if (!worker.isReady) throw new Error('the worker ended before it was ready');
  };
  const hold = (lock: number) => sql.query('SELECT pg_advisory_lock($1)', [lock]);
  const letGo = (lock: number) => sql.query('SELECT pg_advisory_unlock($1)', [lock]);
  const waiting = (lock: number): string =>
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lock} AND NOT granted`;
  const standsAt = (lock: number) =>
    eventually('the worker at the stop', async () => (await sql.query(waiting(lock))).rows.length > 0, 60_000);
  /** Kills the worker at a stop, with whatever its sessions would still do. */
  const killAt = async (lock: number): Promise<void> => {
    await standsAt(lock);
    await worker!.kill();
    worker = undefined;
    await sql.query(`SELECT pg_terminate_backend(pid) FROM (${waiting(lock)}) AS stopped`);
    await eventually('the end of its sessions', async () => (await sql.query(waiting(lock))).rows.length === 0);
    await letGo(lock);
  };
  const folders = (): string[] => readdirSync(join(dataDir, 'imports'));
  const uploads = (): string[] => readdirSync(join(dataDir, 'artifacts/uploads'));
  const sweep = () => harness.app.get(FileImports).sweep(Date.now() + 3_600_000);

  /** Neither bars of it nor a series are to be seen. */
  const isUnseen = async (symbol: string): Promise<void> => {
    expect((await sql.query('SELECT 1 FROM market.series WHERE symbol = $1', [symbol])).rows).toEqual([]);
    expect((await api.send('GET', `/data/bars?symbol=${symbol}&timeframe=1m`)).status).toBe(404);
  };
  /** Each bar once, and what a request has answered with. */
  const isWhole = async (symbol: string, result: Record<string, any>): Promise<void> => {
    const { series_id: id, quality, ...rest } = result;
    const { series_id: _, quality: judged, ...expected } = reference!;
    expect(rest).toEqual(expected);
    expect({ ...quality, id: '' }).toEqual({ ...judged, id: '' });
    const stored = `SELECT count(*)::int AS bars, count(DISTINCT open_time)::int AS times FROM market.bar b
      JOIN market.series s ON s.id = b.series_id WHERE s.symbol = $1 AND s.id = $2`;
    expect((await sql.query(stored, [symbol, id])).rows).toEqual([{ bars: BARS, times: BARS }]);
    const reports = 'SELECT count(*)::int AS reports FROM market.quality WHERE series_id = $1';
    expect((await sql.query(reports, [id])).rows).toEqual([{ reports: 1 }]);
  };

  const elsewhere: [string, number][] = [
    ['before it reads', BEFORE_READING],
    ['once all is read', READ],
    ['once they are judged', JUDGED],
  ];
  it.each([['in the middle of its bars', IN_THE_COPY] as const, ...(isWholeStack ? elsewhere : [])])(
    'that is killed %s leaves nothing in sight, and the next one brings each bar once',
    async (_, lock) => {
      const symbol = `KILL.${lock}`;
      await hold(lock);
      const id = await submit(symbol);
      await killAt(lock);
      await isUnseen(symbol);
      expect(folders()).toEqual([id]);
      await sql.query(`UPDATE ops.job SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
      await start();
      const job = await api.ended(id);
      expect([job.state, job.error]).toEqual(['completed', null]);
      expect((await sql.query('SELECT attempts FROM ops.job WHERE id = $1', [id])).rows).toEqual([{ attempts: 2 }]);
      await isWhole(symbol, job.result);
      expect(folders()).toEqual([]);
      expect(uploads()).toHaveLength(1);
      await sweep();
      expect(uploads()).toEqual([]);
    },
  );

  it('that is canceled in the middle of its bars leaves nothing; again after its file was removed it asks for that', async () => {
    await hold(IN_THE_COPY);
    const id = await submit('CANCEL');
    await standsAt(IN_THE_COPY);
    const lease = async (): Promise<number> =>
      Number((await sql.query('SELECT extract(epoch FROM lease_until) AS until FROM ops.job WHERE id = $1', [id])).rows[0].until); // prettier-ignore
    const before = await lease();
    await api.ok('POST', `/jobs/${id}/cancel`);
    // the worker has asked after the job since then
    await eventually('the cancel to be heard', async () => (await lease()) > before, 60_000);
    await letGo(IN_THE_COPY);
    expect(await api.ended(id)).toMatchObject({ state: 'canceled', result: null });
    await isUnseen('CANCEL');
    expect(folders()).toEqual([]);
    await sweep();
    expect(uploads()).toEqual([]);
    await api.ok('POST', `/jobs/${id}/retry`);
    const again = await api.ended(id);
    expect(again).toMatchObject({ state: 'failed', error: { code: 'not_found' } });
    expect(again.error.detail).toContain('is not stored any more: send it again');
    await isUnseen('CANCEL');
    const anew = await api.ended(await submit('CANCEL'));
    expect(anew.state).toBe('completed');
    await isWhole('CANCEL', anew.result);
  });

  if (!isWholeStack) return;

  it('that was killed and whose job was canceled meanwhile leaves no folder', async () => {
    await hold(READ);
    const id = await submit('GONE');
    await standsAt(READ);
    await sweep();
    expect([folders(), uploads().length]).toEqual([[id], 1]);
    await killAt(READ);
    await sql.query(`UPDATE ops.job SET state = 'queued', lease_until = NULL, claimed_by = NULL WHERE id = $1`, [id]);
    await api.ok('POST', `/jobs/${id}/cancel`);
    await sweep();
    expect([folders(), uploads()]).toEqual([[], []]);
  });
});
