// `npm run screenshots`: every page in a real browser, on a desktop and a phone, light and dark.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, root } from './bootstrap.mjs';
import { launchChromium } from './chromium.mjs';

const HELP = `npm run screenshots [-- --link LINK] [-- --out DIR] [-- --only NAME]

  --link LINK   a one-time sign-in link of a running npm start or npm run demo; default: the demo is run for it
  --out DIR     where the pictures go; default .assay/screenshots
  --only NAME   this page alone, such as overview
  --help        this text

Example: npm run screenshots -- --only jobs --link 'http://127.0.0.1:3000/sign-in#code=...'`;

const options = parseArgs({
  options: {
    link: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
}).values;
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const PAGES = {
  overview: '/',
  data: '/data',
  strategies: '/strategies',
  features: '/features',
  signals: '/signals',
  backtests: '/backtests',
  validation: '/validation',
  deployments: '/deployments',
  portfolio: '/portfolio',
  jobs: '/jobs',
  settings: '/settings',
};
/** Lists whose first row leads to a page of its own. */
const DETAILS = ['data', 'strategies', 'backtests', 'validation', 'deployments', 'jobs'];
const VIEWS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'];
const SETTLE_MS = 1500;

async function ready(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), undefined, { timeout: 30_000 });
  await page.waitForTimeout(SETTLE_MS);
}

/** Signs in, and finds the address of the first row of each list. */
async function addresses(browser, link) {
  const context = await browser.newContext({ viewport: VIEWS.desktop });
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForURL((url) => url.pathname === '/');
  const found = { ...PAGES };
  for (const name of DETAILS) {
    await page.goto(new URL(PAGES[name], link).href);
    await ready(page);
    const first = page.locator(`main table a[href^="${PAGES[name]}/"]`).first();
    if ((await first.count()) > 0) found[`${name}-one`] = await first.getAttribute('href');
  }
  return { found, storage: await context.storageState() };
}

async function takeAll(link, out) {
  mkdirSync(out, { recursive: true });
  const browser = await launchChromium();
  try {
    const { found, storage } = await addresses(browser, link);
    for (const [view, viewport] of Object.entries(VIEWS)) {
      for (const colorScheme of SCHEMES) {
        const context = await browser.newContext({
          viewport,
          colorScheme,
          storageState: storage,
          isMobile: view === 'phone',
          hasTouch: view === 'phone',
          deviceScaleFactor: 1,
        });
        const page = await context.newPage();
        page.on('console', (message) => {
          if (message.type() === 'error') console.log(`${page.url()}: ${message.text()}`);
        });
        for (const [name, path] of Object.entries(found)) {
          if (options.only && !name.startsWith(options.only)) continue;
          await page.goto(new URL(path, link).href);
          await ready(page);
          await page.screenshot({ path: join(out, `${name}-${view}-${colorScheme}.png`), fullPage: true });
        }
        await context.close();
        console.log(`${view}, ${colorScheme}: done`);
      }
    }
  } finally {
    await browser.close();
  }
}

/** The demo's stack, for as long as `work` takes. */
async function withDemo(work) {
  const { rmSync } = await import('node:fs');
  const { startStack } = await import('../libs/platform/src/embedded/stack.mjs');
  const { default: demo } = await import('../dist/scripts/demo/main.js');
  const dataDir = join(root, '.assay', 'screenshots-stack');
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  let stack;
  try {
    await demo.runDemo(async () => {
      stack = await startStack({ dataDir, ports: 'free', logFile: join(dataDir, 'services.log') });
      return stack;
    });
    await work(await stack.signInLink());
  } finally {
    await stack?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await bootstrap();
const out = resolve(process.env.INIT_CWD ?? process.cwd(), options.out ?? join(root, '.assay', 'screenshots'));
if (options.link) await takeAll(options.link, out);
else await withDemo((link) => takeAll(link, out));
console.log(`pictures in ${out}`);
process.exit(0);
