// `npm run fuzz -- --requests N --seed S`: requests made from the OpenAPI documents, right and wrong, against a stack of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, root } from './bootstrap.mjs';

const HELP = `npm run fuzz -- [--requests N] [--seed S] [--report FILE]

  --requests N    how many (default 1000)
  --seed S        whole number that they are made from (default 1): the same seed makes the same requests
  --report FILE   write what was found as JSON
  --help          this text

Ends with 1 when an answer breaks what every answer keeps: no 5xx but 503 under load, none later than 5 s, every refusal
problem+json and without effect, nothing of another user.`;

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const wholeNumber = (name, least) => {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value >= least && value <= 1e9) return value;
  console.error(`--${name} must be a whole number of at least ${least}, was ${options[name]}`);
  process.exit(2);
};
const requests = wholeNumber('requests', 1);
const seed = wholeNumber('seed', 0);
const reportFile = options.report && resolve(process.env.INIT_CWD ?? process.cwd(), options.report);

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const { fuzz, reportText } = (await import('../dist/scripts/fuzz/main.js')).default;

const dataDir = mkdtempSync(join(tmpdir(), 'assay-fuzz-'));
let stack;
let stopping;
const stop = () => (stopping ??= stack?.stop() ?? Promise.resolve());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop().then(() => process.exit(130)));

try {
  stack = await startStack({
    dataDir,
    ports: 'free',
    logFile: join(dataDir, 'services.log'),
    env: { RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
  });
  const stopWorkers = () =>
    Promise.all([stack.processes.researchWorker, stack.processes.tradeWorker].map((one) => one.kill('SIGTERM')));
  const report = await fuzz({ requests, seed, root }, { ...stack, stopWorkers });
  console.log(reportText(report));
  if (reportFile) writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.findings.length > 0 ? 1 : 0;
} finally {
  await stop();
  if (process.exitCode) console.log(`\nServices' log: ${join(dataDir, 'services.log')}`);
  else rmSync(dataDir, { recursive: true, force: true });
}
