import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../../scripts/screenshots/chromium';

/** Of a page that a step failed on, in characters. */
const MOST_SHOWN = 3_000;
const root = join(__dirname, '..', '..', '..');
const url = (...path: string[]): string => pathToFileURL(join(root, ...path)).href;

/** The whole product with its pages, in a process of its own, since its modules are ESM. */
const LAUNCH = `
  import { ensurePages } from '${url('scripts', 'pages.mjs')}';
  import { startStack } from '${url('libs', 'platform', 'src', 'embedded', 'stack.mjs')}';
  await ensurePages({ log: () => {} });
  const stack = await startStack({ dataDir: process.argv[1], ports: 'free' });
  console.log(JSON.stringify({ link: await stack.signInLink(), urls: stack.urls, key: stack.adminKey, dbUrl: stack.dbUrl }));
  process.on('SIGTERM', () => void stack.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);`;

interface Started {
  /** Signs the administrator in, once. */
  link: string;
  urls: { research: string; trade: string };
  /** The administrator's. */
  key: string;
  dbUrl: string;
}

/** The product, embedded, with a real browser in front. */
export interface ChromiumStack {
  browser: Browser;
  /** Signs the administrator in, once. */
  link: string;
  /** Where a page is. */
  at(path: string): string;
  /** A call of the trade (`/api/v1/…`) or research API as administrator, not through the pages. @throws Error of any status that is not 2xx */
  api(method: string, path: string, body?: object): Promise<any>;
  /** Changes rows that no call could bring there, such as a live deployment where no venue is set up. */
  sql(text: string, values?: unknown[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startChromiumStack(): Promise<ChromiumStack> {
  const home = mkdtempSync(join(tmpdir(), 'assay-pages-'));
  const stack = spawn(process.execPath, ['--input-type=module', '-e', LAUNCH, home], {
    cwd: root,
    // what is shown is looked at, not how quick the machine is
    env: { ...process.env, ASSAY_SEND_WINDOW_MS: '20000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async (): Promise<void> => {
    if (stack.exitCode === null) {
      stack.kill('SIGTERM');
      await new Promise((resolve) => stack.once('exit', resolve));
    }
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const started = await new Promise<Started>((resolve, reject) => {
      let output = '';
      stack.once('exit', (code) => reject(new Error(`the stack ended with ${code}:\n${output}`)));
      stack.stdout!.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const line = /^\{"link".*\}$/m.exec(output)?.[0];
        if (line) resolve(JSON.parse(line) as Started);
      });
    });
    const browser = await launchChromium();
    return {
      browser,
      link: started.link,
      at: (path) => new URL(path, started.link).href,
      async api(method, path, body) {
        const base = path.startsWith('/api/v1/') ? started.urls.trade : started.urls.research;
        const answer = await fetch(new URL(path, base), {
          method,
          headers: { 'x-api-key': started.key, ...(body ? { 'content-type': 'application/json' } : {}) },
          body: body && JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text === '' ? undefined : JSON.parse(text);
      },
      async sql(text, values) {
        const client = new Client({ connectionString: started.dbUrl });
        await client.connect();
        try {
          await client.query(text, values);
        } finally {
          await client.end();
        }
      },
      async stop() {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A suite in a real Chromium; skipped under its name where none is installed. */
export function describeInChromium(name: string, suite: () => void): void {
  if (chromiumPath()) describe(name, suite);
  else describe.skip(`${name} (no Chromium is installed)`, suite);
}

/**
 * Tests that go on from where the one before has come to: after one that failed the others are not tried, and its fault says what the page
 * showed.
 */
export function stepsOn(page: () => Page): (name: string, step: () => Promise<void>) => void {
  let failed: string | undefined;
  return (name, step) =>
    it(name, async () => {
      if (failed !== undefined) throw new Error(`not tried, since this failed before: ${failed}`);
      try {
        await step();
      } catch (error) {
        failed = name;
        const shown = await page().innerText('body', { timeout: 5_000 });
        (error as Error).stack += `\n\n${page().url()} showed:\n${shown.slice(0, MOST_SHOWN)}`;
        throw error;
      }
    });
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, in a line each. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run();
    return violations
      .filter(({ impact }: any) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html.slice(0, 160)).join(' | ')}`);
  });
}
