// `npm run screenshots`: every page in a real browser, on a desktop and a phone, light and dark.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium';
import {
  detailPages,
  MAKERS,
  openReport,
  openView,
  PAGES,
  ready,
  reportsOf,
  SCHEMES,
  signIn,
  VIEWS,
  type View,
} from './pages';

const ROOT = join(__dirname, '..', '..', '..');
/** Charts draw in the frames after their data have come. */
const SETTLE_MS = 800;
const HELP = `npm run screenshots [-- --link LINK] [-- --out DIR] [-- --only NAME]

  --link LINK   a one-time sign-in link of a running npm start or npm run demo; default: the demo is run for it
  --out DIR     where the pictures go; default .assay/screenshots
  --only NAME   pages whose name begins so, such as strategies
  --help        this text

Example: npm run screenshots -- --only jobs --link 'http://127.0.0.1:3000/sign-in#code=...'`;

async function takeAll(link: string, out: string, only: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  const browser = await launchChromium();
  try {
    const storage = await signIn(browser, link);
    const first = await openView(browser, 'desktop', 'light', storage);
    const pages = { ...PAGES, ...MAKERS, ...(await detailPages(await first.newPage(), link)) };
    const reports = reportsOf(pages);
    await first.close();
    for (const view of Object.keys(VIEWS) as View[]) {
      for (const scheme of SCHEMES) {
        const context = await openView(browser, view, scheme, storage);
        const page = await context.newPage();
        page.on('console', (message) => {
          if (message.type() === 'error') console.log(`${page.url()}: ${message.text()}`);
        });
        for (const [name, path] of Object.entries(pages)) {
          if (!name.startsWith(only)) continue;
          await page.goto(new URL(path, link).href);
          await ready(page);
          await page.waitForTimeout(SETTLE_MS);
          // as tall as the page: a full-page picture would end what is fixed to the window in the middle
          const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
          await page.setViewportSize({ ...VIEWS[view], height: Math.max(height, VIEWS[view].height) });
          await page.screenshot({ path: join(out, `${name}-${view}-${scheme}.png`) });
          await page.setViewportSize(VIEWS[view]);
        }
        for (const [name, path] of Object.entries(reports)) {
          if (!name.startsWith(only)) continue;
          await openReport(page, new URL(path, link).href);
          await page.screenshot({ path: join(out, `${name}-${view}-${scheme}.png`), fullPage: true });
        }
        await context.close();
        console.log(`${view}, ${scheme}: done`);
      }
    }
  } finally {
    await browser.close();
  }
}

/** Runs the demo, and while it goes on serving, `work` with the link that it prints. */
async function withDemo(work: (link: string) => Promise<void>): Promise<void> {
  const demo = spawn(process.execPath, [join(ROOT, 'scripts/demo.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => demo.once('close', () => done()));
  try {
    const link = await new Promise<string>((found, failed) => {
      let output = '';
      demo.stdout.on('data', (chunk: Buffer) => {
        process.stdout.write(chunk);
        output += chunk.toString();
        const shown = /open this +(\S+)/.exec(output)?.[1];
        if (shown) found(shown);
      });
      void ended.then(() => failed(new Error('the demo ended before it showed a link')));
    });
    await work(link);
  } finally {
    demo.kill('SIGTERM');
    await ended;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      link: { type: 'string' },
      out: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const out = resolve(process.env.INIT_CWD ?? process.cwd(), values.out ?? join(ROOT, '.assay', 'screenshots'));
  const work = (link: string) => takeAll(link, out, values.only ?? '');
  if (values.link) await work(values.link);
  else await withDemo(work);
  console.log(`pictures in ${out}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
