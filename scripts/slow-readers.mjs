// `node scripts/slow-readers.mjs [--readers 400]`: how /health answers while many ask for 100,000 bars and do not read, and after they have gone.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';

const { values } = parseArgs({ options: { readers: { type: 'string', default: '400' } } });
const readers = Number(values.readers);
const BARS = 100_000;
const PROBES = 200;
const PROBE_EVERY_MS = 25;

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const dataDir = mkdtempSync(join(tmpdir(), 'assay-slow-'));
const stack = await startStack({
  dataDir,
  ports: 'free',
  logFile: join(dataDir, 'services.log'),
  processes: ['research'],
  env: { RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
});

const headers = { authorization: `Bearer ${stack.adminKey}` };
const url = new URL(stack.urls.research);
const bars = `${url.pathname}/data/bars?symbol=LONG&timeframe=1h&source=slow&limit=${BARS}`;

/** p50, p99 and maximum of the time that /health takes, in ms. */
async function healthTimes() {
  const times = [];
  for (let i = 0; i < PROBES; i += 1) {
    const started = performance.now();
    const answer = await fetch(`${stack.urls.research}/health`);
    await answer.text();
    if (answer.status !== 200) throw new Error(`/health answered ${answer.status}`);
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

function reader() {
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => {});
  socket.write(`GET ${bars} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: ${headers.authorization}\r\n\r\n`);
  socket.pause();
  return socket;
}

try {
  const hour = 3_600_000;
  const first = Date.UTC(2010, 0, 1);
  const lines = ['date,open,high,low,close,volume'];
  for (let i = 0; i < BARS; i += 1) {
    const close = 100 + Math.sin(i / 50);
    lines.push([new Date(first + i * hour).toISOString(), close, close + 1, close - 1, close, i].join(','));
  }
  const query = 'source=slow&symbol=LONG&timeframe=1h&market=CRYPTO&adjust=none';
  let started = performance.now();
  const imported = await fetch(`${stack.urls.research}/data/import?${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body: lines.join('\n'),
  });
  if (!imported.ok) throw new Error(await imported.text());
  console.log(`import of ${BARS} bars: ${Math.round(performance.now() - started)} ms`);
  started = performance.now();
  const whole = await (await fetch(`${url.origin}${bars}`, { headers })).json();
  console.log(`${whole.items.length} bars read by one: ${Math.round(performance.now() - started)} ms`);
  console.log(`/health with nobody else: ${await healthTimes()}`);
  const open = Array.from({ length: readers }, reader);
  console.log(`/health with ${readers} who do not read: ${await healthTimes()}`);
  for (const socket of open) socket.destroy();
  console.log(`/health after they have gone: ${await healthTimes()}`);
  const gone = Array.from({ length: readers }, reader);
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const socket of gone) socket.destroy();
  console.log(`/health right after ${readers} who asked and went: ${await healthTimes()}`);
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
