// `node scripts/long-imports.mjs [--bars 1000000] [--parquet]`: a long file as a job (time, peak memory, what others wait meanwhile, and without it), and as CSV of at most 64 MiB the same in one request.
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';

const { values } = parseArgs({
  options: { bars: { type: 'string', default: '1000000' }, parquet: { type: 'boolean' } },
});
const bars = Number(values.bars);
const MINUTE_MS = 60_000;
const FIRST_MS = Date.UTC(2005, 0, 1);
const PROBE_EVERY_MS = 20;
const PROBED = ['/health', '/data/symbols'];
const IDLE_MS = 10_000;
const MOST_AT_ONCE = 64 * 1024 ** 2;

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const folder = mkdtempSync(join(tmpdir(), 'assay-long-'));
const stack = await startStack({
  dataDir: join(folder, 'data'),
  ports: 'free',
  logFile: join(folder, 'services.log'),
  processes: ['research', 'researchWorker'],
  env: { RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
});
const headers = { authorization: `Bearer ${stack.adminKey}` };
const api = stack.urls.research;

async function writeCsv(path) {
  const file = createWriteStream(path);
  file.write('date,open,high,low,close,volume\n');
  for (let from = 0; from < bars; from += 10_000) {
    let text = '';
    for (let i = from; i < Math.min(bars, from + 10_000); i += 1) text += `${rowOf(i).join(',')}\n`;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

function rowOf(i) {
  const open = (100 + 10 * Math.sin(i / 997) + ((i * 7919) % 101) / 100).toFixed(2);
  const close = (100 + 10 * Math.sin((i + 1) / 997) + ((i * 104729) % 97) / 100).toFixed(2);
  const high = (Math.max(open, close) + ((i * 31) % 20) / 100).toFixed(2);
  const low = (Math.min(open, close) - ((i * 37) % 20) / 100).toFixed(2);
  return [
    new Date(FIRST_MS + i * MINUTE_MS).toISOString().replace('.000', ''),
    open,
    high,
    low,
    close,
    (i * 17) % 1000,
  ];
}

async function writeParquet(path) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`COPY (
    SELECT make_timestamp(${FIRST_MS * 1000} + i * ${MINUTE_MS * 1000}) AS date, o AS open, greatest(o, c) + ((i * 31) % 20) / 100 AS high,
      least(o, c) - ((i * 37) % 20) / 100 AS low, c AS close, ((i * 17) % 1000)::DOUBLE AS volume, ((i * 13) % 500)::DOUBLE AS trades
    FROM (SELECT i, 100 + 10 * sin(i / 997) + ((i * 7919) % 101) / 100 AS o, 100 + 10 * sin((i + 1) / 997) + ((i * 104729) % 97) / 100 AS c
      FROM range(${bars}) t(i))) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

const pidOf = (name) => stack.processes[name].pid;
const status = (name, field) =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pidOf(name)}/status`, 'utf8'))[1]) /
  1024;
const forgetPeak = (name) => writeFileSync(`/proc/${pidOf(name)}/clear_refs`, '5');
const MEASURED = ['research', 'researchWorker'];
const highest = new Map();
/** The peaks since the last call, which are forgotten but for the highest of each. */
function stepPeaks() {
  return MEASURED.map((name) => {
    const peak = Math.round(status(name, 'VmHWM'));
    highest.set(name, Math.max(peak, highest.get(name) ?? 0));
    forgetPeak(name);
    return `${name} ${peak} MiB`;
  }).join(', ');
}
function peaks() {
  stepPeaks();
  const all = MEASURED.map((name) => `${name} ${highest.get(name)} MiB`).join(', ');
  highest.clear();
  return all;
}
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Times of the requests of others until `ended`. */
async function probe(path, ended) {
  const times = [];
  while (!ended.yes) {
    const started = performance.now();
    const answer = await fetch(`${api}${path}`, { headers });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    times.push(performance.now() - started);
    await sleep(PROBE_EVERY_MS);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(0);
  return `${path} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms of ${times.length}`;
}

/** What the probes find while nothing is imported. */
async function idle() {
  const ended = { yes: false };
  const probes = Promise.all(PROBED.map((path) => probe(path, ended)));
  await sleep(IDLE_MS);
  ended.yes = true;
  console.log(`without an import: load ${loadavg()[0].toFixed(1)}`);
  for (const line of await probes) console.log(`  ${line}`);
}

async function measured(what, run) {
  peaks();
  const ended = { yes: false };
  const probes = Promise.all(PROBED.map((path) => probe(path, ended)));
  const started = performance.now();
  const told = await run().finally(() => (ended.yes = true));
  const ms = performance.now() - started;
  console.log(`${what}: ${seconds(ms)}; peaks ${peaks()}; load ${loadavg()[0].toFixed(1)}`);
  for (const line of [...told, ...(await probes)]) console.log(`  ${line}`);
  return ms;
}

const pathOf = (symbol, more = '') =>
  `${api}/data/import?source=long&symbol=${symbol}&timeframe=1m&market=CRYPTO${more}`;

async function send(url, path, type) {
  const body = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const length = { 'content-length': String(statSync(path).size) };
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': type, ...length },
    body,
    duplex: 'half',
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(said));
  return said;
}

async function asJob(path, type) {
  const started = performance.now();
  const { job_id: id } = await send(pathOf('JOB', '&background=true'), path, type);
  const told = [`accepted after ${seconds(performance.now() - started)}`];
  for (let last = ''; ; await sleep(50)) {
    const job = await (await fetch(`${api}/jobs/${id}`, { headers })).json();
    const step = `${job.message}`;
    const at = seconds(performance.now() - started);
    if (step !== last && job.message)
      told.push(`${at}: ${Math.round(job.progress * 100)} %, ${job.message}; until then ${stepPeaks()}`);
    last = step;
    if (job.state === 'completed')
      return [
        ...told,
        `${job.result.inserted} bars inserted, fingerprint ${job.result.fingerprint}; until then ${stepPeaks()}`,
      ];
    if (['failed', 'canceled'].includes(job.state)) throw new Error(JSON.stringify(job.error));
  }
}

async function atOnce(path, type) {
  const { inserted, fingerprint } = await send(pathOf('ONCE'), path, type);
  return [`${inserted} bars inserted, fingerprint ${fingerprint}`];
}

try {
  const path = join(folder, values.parquet ? 'bars.parquet' : 'bars.csv');
  const type = values.parquet ? 'application/octet-stream' : 'text/csv';
  await (values.parquet ? writeParquet(path) : writeCsv(path));
  const { size } = statSync(path);
  console.log(`${bars} bars, ${(size / 1024 ** 2).toFixed(1)} MiB; idle ${peaks()}`);
  await idle();
  const job = await measured('as a job', () => asJob(path, type));
  if (size <= MOST_AT_ONCE && !values.parquet) {
    const request = await measured('in one request', () => atOnce(path, type));
    console.log(`the job takes ${(job / request).toFixed(2)}x of the time of the request`);
  }
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
