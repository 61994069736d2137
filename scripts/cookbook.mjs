// `npm run cookbook [-- PAGE ...]`: runs pages of docs/cookbook as a reader would, against a stack of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, root } from './bootstrap.mjs';

const HELP = `npm run cookbook [-- PAGE ...] [--print] [--report FILE]

  PAGE            name of a page of docs/cookbook, such as trend; default: all of them
  --print         show what the commands print
  --report FILE   write what came of each page as JSON
  --help          this text

Runs the commands of each page in an empty folder and compares what they print with what the page says.`;

const { values: options, positionals } = parseArgs({
  options: { print: { type: 'boolean' }, report: { type: 'string' }, help: { type: 'boolean' } },
  allowPositionals: true,
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const reportFile = options.report && resolve(process.env.INIT_CWD ?? process.cwd(), options.report);

await bootstrap();
const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
const { pages, runPages } = (await import('../dist/scripts/cookbook/main.js')).default;

const known = pages(root);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`a page must be one of ${known.join(', ')}, was ${unknown.join(', ')}`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'assay-cookbook-'));
const dataDir = join(folder, 'data');
mkdirSync(dataDir, { mode: 0o700 });
let stack;
let stopping;
const stop = () => (stopping ??= stack?.stop() ?? Promise.resolve());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop().then(() => process.exit(130)));

try {
  stack = await startStack({
    dataDir,
    ports: 'free',
    logFile: join(folder, 'services.log'),
    env: { LOG_LEVEL: 'warn' },
  });
  const names = positionals.length > 0 ? positionals : known;
  const reports = await runPages(names, { root, work: join(folder, 'pages'), stack, print: options.print });
  if (reportFile) writeFileSync(reportFile, `${JSON.stringify(reports, null, 2)}\n`);
  process.exitCode = reports.some(({ failure }) => failure !== null) ? 1 : 0;
} finally {
  await stop();
  if (process.exitCode) console.log(`\nWhat the pages wrote, and the services' log: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
