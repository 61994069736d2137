// `npm run demo [-- --once] [--short] [--report FILE]`: the whole way from an idea to a paper trade, on the stack a user would run.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, root } from './bootstrap.mjs';
import { ensurePages } from './pages.mjs';

const HELP = `npm run demo [-- --once] [-- --short] [-- --report FILE]

  --once          exit when the demo is over; without it the services go on serving
  --short         without boosted trees, recurrent network and rotation, which take the longest
  --report FILE   write {phases, verdicts} as JSON
  --help          this text

Example: npm run demo -- --once --report report.json`;

const options = parseArgs({
  options: {
    once: { type: 'boolean' },
    short: { type: 'boolean' },
    report: { type: 'string' },
    help: { type: 'boolean' },
  },
}).values;
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
// a relative path means the folder the user called from
const reportFile = options.report && resolve(process.env.INIT_CWD ?? process.cwd(), options.report);

await bootstrap();
await ensurePages();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const { default: demo } = await import('../dist/scripts/demo/main.js');

// the demo has data, a database and names of its own, and starts from nothing each time
const dataDir = join(process.env.ASSAY_DEMO_DIR ?? join(root, '.assay'), 'demo');
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
const name = `assay_demo_${process.pid}`;

let stack;
let stopping;
const stop = () => (stopping ??= stack?.stop() ?? Promise.resolve());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop().then(() => process.exit(130)));

const report = await demo.runDemo(async () => {
  stack = await startStack({
    dataDir,
    dbUrl: process.env.DB_URL,
    redisUrl: process.env.REDIS_URL,
    natsUrl: process.env.NATS_URL,
    database: name,
    namespace: name,
    dropDatabase: true,
    ports: options.once ? 'free' : 'preferred',
    logFile: join(dataDir, 'services.log'),
  });
  return stack;
}, options.short);

if (reportFile) {
  writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nReport: ${reportFile}`);
}
const ok = report.phases.every((phase) => phase.ok);
if (!ok) console.log(`\nServices' log: ${join(dataDir, 'services.log')}`);
if (options.once || !ok) {
  await stop();
  process.exit(ok ? 0 : 1);
}
console.log(`
Still serving (Ctrl-C stops):
  open this  ${await stack.signInLink()}   (signs in once, within 15 minutes)
  pages      ${stack.urls.web}
  research   ${stack.urls.research}
  trade      ${stack.urls.trade}
  portfolio  ${stack.urls.portfolio}
  admin key  ${stack.adminKey}
Try: curl -H "X-API-Key: ${stack.adminKey}" ${stack.urls.research}/strategies
Your own data: ASSAY_API_KEY=${stack.adminKey} npx assay data list --url ${stack.urls.research}   (and import, export ...: docs/data.md)`);
