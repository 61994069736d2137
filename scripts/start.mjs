// `npm start`: the whole stack, embedded unless URLs are given, kept running; data stay under .assay/.
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const dataDir = process.env.ASSAY_DATA_DIR ?? join(root, '.assay');
const logFile = join(dataDir, 'services.log');
const WARNING = 40;

/** The log file has everything; the terminal only what somebody should look at. */
function showTrouble(line, name) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    console.error(`${name}: ${line}`);
    return;
  }
  if (entry.level >= WARNING) console.error(`${entry.time} ${name}: ${entry.msg ?? line}`);
}

console.log('Starting database, research, trade, portfolio and their workers ...');
const stack = await startStack({
  dataDir,
  dbUrl: process.env.DB_URL,
  redisUrl: process.env.REDIS_URL,
  natsUrl: process.env.NATS_URL,
  ports: {
    research: Number(process.env.RESEARCH_PORT ?? 8001),
    trade: Number(process.env.TRADE_PORT ?? 8000),
    portfolio: Number(process.env.PORTFOLIO_PORT ?? 8002),
  },
  respawn: true,
  logFile,
  onLog: showTrouble,
});
console.log(`
Assay is running.
  research   ${stack.urls.research}
  trade      ${stack.urls.trade}
  portfolio  ${stack.urls.portfolio}
  data       ${dataDir}
  log        ${logFile}${stack.adminKey && !process.env.ASSAY_BOOTSTRAP_KEY ? `\n  admin key  ${stack.adminKey}   (shown once; keep it)` : ''}
Stop with Ctrl-C.`);

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  console.log('Stopping ...');
  await stack.stop();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
