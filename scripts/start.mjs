// `npm start`: the whole stack, embedded unless URLs are given, kept running; data stay under .assay/.
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { ensurePages } from './pages.mjs';

const USAGE = `Usage: npm start

Runs the whole stack until Ctrl-C: PostgreSQL, research, trade, portfolio, their workers and the pages for the browser. It takes no arguments;
settings are environment variables, such as TRADE_PORT=9000 npm start:

  ASSAY_DATA_DIR                               where everything is kept; default .assay
  WEB_PORT                                     where the pages are; default 3000
  RESEARCH_PORT, TRADE_PORT, PORTFOLIO_PORT    default 8001, 8000, 8002
  ASSAY_BOOTSTRAP_KEY                          the admin key from now on, at least 16 characters; default: made and shown at the first start
  DB_URL, REDIS_URL, NATS_URL, ARTIFACT_URL    servers in place of the embedded ones

All of them: docs/ARCHITECTURE.md, Settings.`;

const [argument] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') {
  console.log(USAGE);
  process.exit(0);
}
if (argument !== undefined) {
  const name = /^--?(research|trade|portfolio|web)?-?port/.exec(argument);
  const meant = name ? `${(name[1] ?? 'web').toUpperCase()}_PORT=9000 npm start` : 'npm start -- --help';
  console.error(`npm start takes no arguments, was ${argument}: settings are environment variables; try ${meant}`);
  process.exit(2);
}

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
await ensurePages();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
const port = (name, fallback) => process.env[name] || fallback;
try {
  const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
  console.log('Starting database, research, trade, portfolio, their workers and the pages ...');
  stack = await startStack({
    dataDir,
    dbUrl: process.env.DB_URL,
    redisUrl: process.env.REDIS_URL,
    natsUrl: process.env.NATS_URL,
    ports: {
      research: port('RESEARCH_PORT', 8001),
      trade: port('TRADE_PORT', 8000),
      portfolio: port('PORTFOLIO_PORT', 8002),
      web: port('WEB_PORT', 3000),
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
function keyText() {
  if (process.env.ASSAY_BOOTSTRAP_KEY) return 'that of ASSAY_BOOTSTRAP_KEY';
  if (stack.adminKey) return `${stack.adminKey}   (shown once; keep it)`;
  return 'shown at the first start; if it is lost, set a new one: ASSAY_BOOTSTRAP_KEY=<16 characters or more> npm start';
}

const link = await stack.signInLink().catch((error) => `could not be made: ${error.message}`);
console.log(`
Assay is running.
  open this  ${link}   (signs in once, within 15 minutes)
  pages      ${stack.urls.web}
  research   ${stack.urls.research}
  trade      ${stack.urls.trade}
  portfolio  ${stack.urls.portfolio}
  data       ${dataDir}
  log        ${logFile}
  admin key  ${keyText()}
What ends unasked is started again and said here. Stop with Ctrl-C.`);
