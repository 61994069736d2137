// `node scripts/long-exports.mjs [--bars 10000000]`: a long series as Parquet and CSV through the API (time, peak memory, what others wait), DuckDB's COPY of the same beside.
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { bootstrap } from './bootstrap.mjs';

const { values } = parseArgs({ options: { bars: { type: 'string', default: '10000000' } } });
const bars = Number(values.bars);
const PROBE_EVERY_MS = 20;

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const folder = mkdtempSync(join(tmpdir(), 'assay-exports-'));
const stack = await startStack({
  dataDir: join(folder, 'data'),
  ports: 'free',
  logFile: join(folder, 'services.log'),
  processes: ['research'],
  env: { RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
});
const headers = { authorization: `Bearer ${stack.adminKey}` };
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Minutes with one further column, a tenth of its values missing. */
async function fill() {
  const client = new pg.Client({ connectionString: stack.dbUrl });
  await client.connect();
  const id = '01890000-0000-7000-8000-0000000000aa';
  await client.query(
    `INSERT INTO market.bar (series_id, open_time, open, high, low, close, volume, adj_factor, extra)
     SELECT $1::uuid, timestamptz '2005-01-01Z' + i * interval '1 minute', c, c + 0.05, c - 0.07, c + 0.01, (i * 17) % 1000, 1,
       ARRAY[CASE WHEN i % 10 = 0 THEN 'NaN'::float8 ELSE c + 1.0 / 3 END]
     FROM (SELECT i, round((100 + 10 * sin(i / 997.0) + ((i::bigint * 7919) % 101) / 100.0) * 100) / 100 AS c
       FROM generate_series(0, $2::int - 1) AS i) AS made`,
    [id, bars],
  );
  await client.query(
    `INSERT INTO market.series (id, source, symbol, timeframe, market, synthetic, extra_columns, bar_count, first_open_time,
       last_open_time, fingerprint, created_at, updated_at)
     SELECT $1::uuid, 'made', 'LONG', '1m', 'CRYPTO', true, ARRAY['vwap'], count(*), min(open_time), max(open_time), 'made', now(), now()
     FROM market.bar WHERE series_id = $1::uuid`,
    [id],
  );
  await client.query('ANALYZE market.bar');
  await client.end();
}

const { pid } = stack.processes.research;
const peakMiB = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const forgetPeak = () => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Times of the requests of others until `ended`. */
async function probe(ended) {
  const times = [];
  while (!ended.yes) {
    const started = performance.now();
    const answer = await fetch(`${stack.urls.research}/health`);
    await answer.arrayBuffer();
    times.push(performance.now() - started);
    await sleep(PROBE_EVERY_MS);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(0);
  return `/health p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms of ${times.length}`;
}

async function exported(format) {
  const path = join(folder, `bars.${format}`);
  forgetPeak();
  const ended = { yes: false };
  const probes = probe(ended);
  const started = performance.now();
  const url = `${stack.urls.research}/data/export?symbol=LONG&timeframe=1m&format=${format}`;
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(await answer.text());
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(path)).finally(() => (ended.yes = true));
  const ms = performance.now() - started;
  const size = (statSync(path).size / 1e6).toFixed(0);
  console.log(
    `${format}: ${seconds(ms)}, ${size} MB, peak of the service ${Math.round(peakMiB())} MiB, load ${loadavg()[0].toFixed(1)}; ${await probes}`,
  );
  return { path, ms };
}

/** What DuckDB makes of the files, and how long it takes for the same. */
async function beside(parquet, csv) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const counted = async (from) =>
    (await connection.runAndReadAll(`SELECT count(*), count(vwap), sum(volume), min(date), max(date) FROM ${from}`))
      .getRowsJson()
      .toString();
  const told = [await counted(`'${parquet.path}'`), await counted(`read_csv('${csv.path}')`)];
  if (told[0] !== told[1]) throw new Error(`the files must tell the same, told ${told.join(' and ')}`);
  console.log(`both files, as DuckDB reads them: ${told[0]}`);
  await connection.run(`CREATE TABLE t AS SELECT * FROM '${parquet.path}'`);
  for (const [what, options, { ms }] of [
    ['Parquet', 'FORMAT parquet', parquet],
    ['Parquet (gzip)', 'FORMAT parquet, CODEC gzip', parquet],
    ['CSV', 'FORMAT csv', csv],
  ]) {
    const started = performance.now();
    await connection.run(`COPY t TO '${join(folder, 'copy')}' (${options})`);
    const copy = performance.now() - started;
    console.log(
      `DuckDB's COPY of a table in memory to ${what}: ${seconds(copy)}; the API takes ${(ms / copy).toFixed(1)}x`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

try {
  const started = performance.now();
  await fill();
  console.log(`${bars} bars of 7 columns stored in ${seconds(performance.now() - started)}`);
  console.log(`the service before: ${Math.round(peakMiB())} MiB`);
  await beside(await exported('parquet'), await exported('csv'));
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
