import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium';

/** Beside the sources, or beside what is built of them. */
const root = [join(__dirname, '..', '..'), join(__dirname, '..', '..', '..')].find((folder) =>
  existsSync(join(folder, 'scripts', 'pages.mjs')),
)!;
const url = (...path: string[]): string => pathToFileURL(join(root, ...path)).href;

/** The whole product with its pages, in a process of its own, since its modules are ESM. */
const LAUNCH = `
  import { ensurePages } from '${url('scripts', 'pages.mjs')}';
  import { startStack } from '${url('libs', 'platform', 'src', 'embedded', 'stack.mjs')}';
  await ensurePages({ log: () => {} });
  const stack = await startStack({ dataDir: process.argv[1], ports: 'free', ...JSON.parse(process.argv[2]) });
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

/** Servers that the product uses instead of its embedded ones, under names of its own there: nothing of it stays. */
export interface GivenServers {
  dbUrl: string;
  redisUrl?: string;
  natsUrl?: string;
}

/** The product with a real browser in front. */
export interface ChromiumStack {
  browser: Browser;
  /** Signs the administrator in, once. */
  link: string;
  /** Where a page is. */
  at(path: string): string;
  /** A call of the trade (`/api/v1/…`) or research API as administrator, not through the pages. @throws Error of any status that is not 2xx */
  api(method: string, path: string, body?: object | FormData): Promise<any>;
  /** Changes rows that no call could bring there, such as a live deployment where no venue is set up. */
  sql(text: string, values?: unknown[]): Promise<void>;
  stop(): Promise<void>;
}

const ownNames = () => {
  const name = `assay_pages_${randomBytes(4).toString('hex')}`;
  return { database: name, namespace: name, dropDatabase: true };
};

/** @param servers without them everything is embedded */
export async function startChromiumStack(servers?: GivenServers): Promise<ChromiumStack> {
  const home = mkdtempSync(join(tmpdir(), 'assay-pages-'));
  const options = JSON.stringify(servers ? { ...servers, ...ownNames() } : {});
  const stack = spawn(process.execPath, ['--input-type=module', '-e', LAUNCH, home, options], {
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
        const form = body instanceof FormData;
        const answer = await fetch(new URL(path, base), {
          method,
          headers: { 'x-api-key': started.key, ...(body && !form ? { 'content-type': 'application/json' } : {}) },
          body: form ? body : body && JSON.stringify(body),
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
