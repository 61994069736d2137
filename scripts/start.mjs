// `npm start`: the whole stack, embedded unless URLs are given, kept running; data stay under .assay/.
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

const dataDir = process.env.ASSAY_DATA_DIR ?? join(root, '.assay');
const logFile = join(dataDir, 'services.log');
const WARNING = 40;
/** The same trouble, repeated by every poll, is shown once in this time. */
const REPEAT_MS = 60_000;
const shownAt = new Map();
/** A server that went away is told in many words, by every service and at every try: for the terminal they are one trouble. */
const AWAY =
  /connect ECONNREFUSED [\w.:]+|read ECONNRESET|terminating connection due to [a-z ]+|Connection terminated unexpectedly|the database system is [a-z ]+/g;

/** The log file has everything; the terminal only what somebody should look at, and what the launcher itself does. */
function show(line, name) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    console.error(`${name}: ${line}`);
    return;
  }
  if (name !== 'launcher') {
    if (!(entry.level >= WARNING)) return;
    const kind = `${name} ${entry.msg ?? line}`.replace(AWAY, 'away').replace(/\d+/g, '#');
    const now = Date.now();
    if (now - (shownAt.get(kind) ?? -Infinity) < REPEAT_MS) return;
    shownAt.set(kind, now);
  }
  console.error(`${entry.time} ${name}: ${entry.msg ?? line}`);
}

const giveUp = new AbortController();
let stack;
let stopping = false;
async function stop() {
  if (stopping) {
    // Asked twice: services end with this process, PostgreSQL is told by its exit.
    process.exit(130);
  }
  stopping = true;
  console.log('Stopping ...');
  giveUp.abort();
  if (!stack) return;
  await stack.stop();
  process.exit(0);
}

await bootstrap();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
const port = (name, fallback) => process.env[name] || fallback;
try {
  const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
  console.log('Starting database, research, trade, portfolio and their workers ...');
  stack = await startStack({
    dataDir,
    dbUrl: process.env.DB_URL,
    redisUrl: process.env.REDIS_URL,
    natsUrl: process.env.NATS_URL,
    ports: {
      research: port('RESEARCH_PORT', 8001),
      trade: port('TRADE_PORT', 8000),
      portfolio: port('PORTFOLIO_PORT', 8002),
    },
    supervised: true,
    signal: giveUp.signal,
    logFile,
    onLog: show,
  });
} catch (error) {
  if (stopping) process.exit(130);
  console.error(`Assay cannot start: ${error.message}`);
  process.exit(1);
}
console.log(`
Assay is running.
  research   ${stack.urls.research}
  trade      ${stack.urls.trade}
  portfolio  ${stack.urls.portfolio}
  data       ${dataDir}
  log        ${logFile}${stack.adminKey && !process.env.ASSAY_BOOTSTRAP_KEY ? `\n  admin key  ${stack.adminKey}   (shown once; keep it)` : ''}
What ends unasked is started again and said here. Stop with Ctrl-C.`);
