import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syntheticPlantedEdge } from '@assay/simulators';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../../scripts/screenshots/chromium';

jest.setTimeout(600_000);

const root = join(__dirname, '..', '..', '..');
const url = (...path: string[]): string => pathToFileURL(join(root, ...path)).href;

/** The whole product with its pages, in a process of its own, since its modules are ESM. */
const LAUNCH = `
  import { ensurePages } from '${url('scripts', 'pages.mjs')}';
  import { startStack } from '${url('libs', 'platform', 'src', 'embedded', 'stack.mjs')}';
  await ensurePages({ log: () => {} });
  const stack = await startStack({ dataDir: process.argv[1], ports: 'free' });
  console.log(JSON.stringify({ link: await stack.signInLink(), urls: stack.urls, key: stack.adminKey }));
  process.on('SIGTERM', () => void stack.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);`;

interface Started {
  link: string;
  urls: { research: string };
  key: string;
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, in a line each. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run();
    return violations
      .filter(({ impact }: any) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: any) => `${id}: ${nodes[0].html}`);
  });
}

const path = chromiumPath();
const inChromium = path ? describe : describe.skip;

inChromium(
  path
    ? 'pages of data, backtests and validation'
    : 'pages of data, backtests and validation (no Chromium is installed)',
  () => {
    let home: string;
    let stack: ChildProcess;
    let started: Started;
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    const send = async (method: string, to: string, body: object): Promise<any> => {
      const answer = await fetch(`${started.urls.research}${to}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-api-key': started.key },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${to}: ${answer.status} ${text}`);
      return JSON.parse(text);
    };
    const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();
    const open = (to: string) => page.goto(new URL(to, started.link).href);

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'assay-pages-'));
      stack = spawn(process.execPath, ['--input-type=module', '-e', LAUNCH, join(home, 'data')], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      started = await new Promise<Started>((resolve, reject) => {
        stack.once('exit', (code) => reject(new Error(`the stack ended with ${code}`)));
        stack.stdout!.on('data', (chunk: Buffer) => {
          const line = chunk
            .toString()
            .split('\n')
            .find((text) => text.startsWith('{"link"'));
          if (line) resolve(JSON.parse(line) as Started);
        });
      });
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'America/New_York' });
      page.setDefaultTimeout(40_000);
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(started.link);
      await page.waitForURL(({ pathname }) => pathname === '/');
    });

    afterAll(async () => {
      await browser?.close();
      if (stack && stack.exitCode === null) {
        stack.kill('SIGTERM');
        await new Promise((resolve) => stack.once('exit', resolve));
      }
      if (home) rmSync(home, { recursive: true, force: true });
    });

    it('imports a file that was looked into, and shows its bars', async () => {
      await open('/data');
      await page.getByRole('link', { name: 'Import a file' }).first().click();
      await page.setInputFiles('input[type=file]', {
        name: 'edge.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(syntheticPlantedEdge({ seed: 1 })),
      });
      await heading('What edge.csv holds').waitFor();
      await page.getByRole('table', { name: 'Columns of the file' }).getByText('factor').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByLabel('Symbol').fill('EDGE');
      await page.getByRole('combobox', { name: 'Market' }).click();
      await page.getByRole('option', { name: /United States/ }).click();
      await page.getByLabel('Made-up bars').check();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('EDGE: 2,772 bars').waitFor();
      await page.getByRole('link', { name: 'Look at the bars' }).click();
      await heading('EDGE 1d').waitFor();
      await page.locator('.chart-canvas canvas').first().waitFor();
      await heading('Quality').waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it('says why a file cannot be read', async () => {
      await open('/data/import');
      await page.setInputFiles('input[type=file]', {
        name: 'dates.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Date,Open,High,Low,Close,Volume\n02/03/2024,1,2,1,2,1\n03/03/2024,1,2,1,2,1\n'),
      });
      await page
        .getByText(/dd\/mm\/yyyy or mm\/dd\/yyyy: 02\/03\/2024 on line 2 allows both/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Import', exact: true }).count()).toBe(0);
    });

    it('refuses a feed that can never work in the words of the API', async () => {
      await open('/data/feeds');
      await page.getByRole('button', { name: 'Subscribe to a feed' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Symbol').fill('BTC/USDT');
      await dialog.getByLabel('Exchange').fill('no-such-exchange');
      await dialog.getByRole('button', { name: 'Subscribe', exact: true }).click();
      await dialog.getByRole('alert').getByText('Not subscribed').waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    describe('a strategy', () => {
      beforeAll(async () => {
        const feature = await send('POST', '/features', {
          name: 'edge',
          plugin: 'column',
          params: { column: 'factor' },
        });
        const rule = (operator: string) => [{ field: 'edge', operator, value: 0 }];
        const groups = [
          { action: 'BUY', combinator: 'AND', rules: rule('>') },
          { action: 'SELL', combinator: 'AND', rules: rule('<') },
        ];
        const signal = await send('POST', '/signals', {
          name: 'sign',
          rule_tree: { groups },
          position_mode: 'long_short',
        });
        const strategy = await send('POST', '/strategies', {
          name: 'Sign of the factor',
          universe: ['EDGE'],
          source: 'mine',
          timeframe: '1d',
          pipeline_config: { costs: { fee_bps: 5 } },
        });
        await send('PATCH', `/strategies/${strategy.id}`, {
          version: 1,
          feature_ids: [feature.id],
          signal_logic_id: signal.id,
          model_id: '01890000-0000-7000-8000-000000000001',
        });
      });

      const chooseStrategy = async () => {
        await page.getByRole('combobox', { name: 'Strategy' }).click();
        await page.getByRole('option', { name: /Sign of the factor/ }).click();
      };

      it('is backtested, with all that a result has', async () => {
        await open('/backtests');
        await page.getByRole('link', { name: 'New backtest' }).first().click();
        await chooseStrategy();
        await page.getByRole('button', { name: 'Run', exact: true }).click();
        await page.getByText('Sharpe ratio').first().waitFor();
        await page.locator('.chart-canvas canvas').first().waitFor();
        expect(await faultsOf(page)).toEqual([]);
        await page.getByRole('tab', { name: 'Trades' }).click();
        await page.locator('.chart-canvas canvas').first().waitFor();
        await page.getByRole('table', { name: 'Trades' }).getByRole('row').nth(1).waitFor();
        for (const [tab, table] of [
          ['Metrics', /Metrics of the strategy/],
          ['Months and years', /Returns by month/],
          ['Losses', /Deepest falls/],
        ] as const) {
          await page.getByRole('tab', { name: tab }).click();
          await page.getByRole('table', { name: table }).waitFor();
          expect(await faultsOf(page)).toEqual([]);
        }
        await page.getByRole('tab', { name: 'Rolling' }).click();
        await page.locator('.chart-canvas canvas').first().waitFor();
      });

      it('is swept, and a cell becomes a strategy', async () => {
        await open('/backtests/sweeps/new');
        await chooseStrategy();
        const parameter = async (index: number, name: RegExp, values: string) => {
          await page.getByRole('combobox', { name: `Parameter ${index}`, exact: true }).click();
          await page.getByRole('option', { name }).first().click();
          await page.getByLabel(`Values of parameter ${index}`).fill(values);
        };
        await parameter(1, /fee bps/, '2, 5, 10');
        await parameter(2, /rules › 1 › value/, '0, 0.1');
        await page.getByText('6 cells, so as many trials').waitFor();
        await page.getByRole('button', { name: 'Try them' }).click();
        await heading('Leaderboard').waitFor();
        await page.locator('.chart-canvas canvas').first().waitFor();
        expect(await faultsOf(page)).toEqual([]);
        await page.getByRole('button', { name: 'Make one' }).first().click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name of the strategy').fill('Best cell');
        await dialog.getByRole('button', { name: 'Make a strategy of it' }).click();
        await dialog.getByText('Made: Best cell').waitFor();
        await dialog.getByRole('link', { name: 'Validate it' }).click();
        await heading('Best cell').waitFor();
      });

      it('is validated, and the gates say what was seen', async () => {
        await page.getByRole('button', { name: 'Run walk-forward' }).click();
        await page.getByRole('table', { name: 'Folds' }).waitFor();
        await page.getByRole('button', { name: 'Run CPCV' }).click();
        await page.getByRole('table', { name: 'Paths' }).waitFor({ timeout: 120_000 });
        const gates = page.getByRole('table', { name: 'Gates of Default' });
        await gates
          .getByText(/must be at least/)
          .first()
          .waitFor();
        await page
          .getByRole('figure', { name: /Equity of the paths/ })
          .locator('canvas')
          .waitFor();
        expect(await faultsOf(page)).toEqual([]);
      });

      it('is read on a phone in the dark without anything to scroll sideways but tables', async () => {
        const phone = await browser.newPage({
          viewport: { width: 390, height: 844 },
          colorScheme: 'dark',
          storageState: await page.context().storageState(),
        });
        for (const to of ['/data', '/data/series?symbol=EDGE&source=mine&timeframe=1d', '/backtests', '/validation']) {
          await phone.goto(new URL(to, started.link).href);
          await phone.locator('h1').waitFor();
          await phone.waitForFunction('!document.querySelector("[aria-busy=true]")');
          expect([to, await phone.evaluate('document.documentElement.scrollWidth')]).toEqual([to, 390]);
          expect(await faultsOf(phone)).toEqual([]);
        }
        await phone.close();
      });

      it('breaks no rule of the page and throws nothing', () => expect(complaints).toEqual([]));
    });
  },
);
