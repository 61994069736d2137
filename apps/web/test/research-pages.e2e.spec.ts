import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syntheticPlantedEdge } from '@assay/simulators';
import type { Page } from 'playwright-core';
import { ready } from '../../../scripts/screenshots/pages';
import { describeInChromium, faultsOf, signedInPage, startChromiumStack, type ChromiumStack } from './chromium-stack';
import { downloaded, openAlone } from './report-files';

jest.setTimeout(600_000);

describeInChromium('pages of data, backtests and validation', () => {
  let stack: ChromiumStack;
  let page: Page;
  const complaints: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'assay-reports-'));

  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();
  const open = (to: string) => page.goto(stack.at(to));

  beforeAll(async () => {
    stack = await startChromiumStack();
    page = await signedInPage(stack, complaints, 120_000);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stack?.stop();
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

  it('reads columns of unknown names as somebody says, and draws bars around one that cannot be', async () => {
    await open('/data/import');
    const rows = ['trade_day;begin;top;bottom;end;shares', '30/04/2024;10;12;9;11;100', '01/05/2024;11;8;13;12;100'];
    await page.setInputFiles('input[type=file]', {
      name: 'odd.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([...rows, '02/05/2024;12;14;11;13;100'].join('\n')),
    });
    await page.getByText(/No column is read as the close/).waitFor();
    for (const [column, role] of [
      ['begin', 'Open'],
      ['top', 'High'],
      ['bottom', 'Low'],
      ['end', 'Close'],
      ['shares', 'Volume'],
    ]) {
      await page.getByRole('combobox', { name: `${column} is read as` }).click();
      await page.getByRole('option', { name: role!, exact: true }).click();
    }
    await page.getByText(/No column is read as/).waitFor({ state: 'detached' });
    expect(await faultsOf(page)).toEqual([]);
    await page.getByText('Still to be said: the market.').waitFor();
    await page.getByRole('combobox', { name: 'Market' }).click();
    await page.getByRole('option', { name: /United States/ }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('ODD: 3 bars').waitFor();
    await page.getByRole('link', { name: 'Look at the bars' }).click();
    await page.getByText('since its prices contradict each other: 2024-05-01').waitFor();
    await page.locator('.chart-canvas canvas').first().waitFor();
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
      const feature = await stack.api('POST', '/api/features', {
        name: 'edge',
        plugin: 'column',
        params: { column: 'factor' },
      });
      const rule = (operator: string) => [{ field: 'edge', operator, value: 0 }];
      const groups = [
        { action: 'BUY', combinator: 'AND', rules: rule('>') },
        { action: 'SELL', combinator: 'AND', rules: rule('<') },
      ];
      const signal = await stack.api('POST', '/api/signals', {
        name: 'sign',
        rule_tree: { groups },
        position_mode: 'long_short',
      });
      const strategy = await stack.api('POST', '/api/strategies', {
        name: 'Sign of the factor',
        universe: ['EDGE'],
        source: 'mine',
        timeframe: '1d',
        pipeline_config: { costs: { fee_bps: 5 } },
      });
      await stack.api('PATCH', `/api/strategies/${strategy.id}`, {
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
        ['Intervals', /Metrics with their intervals/],
        ['Robustness', /The run under worse circumstances/],
        ['Robustness', /Its positions at random times/],
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

    const fileOf = (name: string | RegExp) => downloaded(page, name, folder);
    const openReport = (path: string, width: number, colorScheme: 'light' | 'dark') =>
      openAlone(stack.browser, path, { width, colorScheme }, complaints);

    it('has a report that can be read without the product', async () => {
      const { name, path } = await fileOf('Report');
      expect(name).toMatch(/^backtest-report_[-0-9a-f]{36}\.html$/);
      const reader = await openReport(path, 390, 'dark');
      await reader.getByRole('heading', { name: /^Backtest of .*, revision / }).waitFor();
      expect(await reader.getByRole('img').count()).toBe(3);
      await reader.close();
      await page.getByRole('tab', { name: 'The run' }).click();
      const data = await fileOf(/As data/);
      expect(data.name).toBe(name.replace(/html$/, 'json'));
      expect(JSON.parse(readFileSync(data.path, 'utf8')).kind).toBe('assay.backtest_report');
      expect(await faultsOf(page)).toEqual([]);
    });

    it('is swept, and a cell becomes a strategy', async () => {
      await open('/backtests/sweeps/new');
      await chooseStrategy();
      const parameter = async (index: number, name: RegExp, values: string) => {
        await page.getByRole('combobox', { name: `Parameter ${index}`, exact: true }).click();
        await page.getByRole('option', { name }).first().click();
        await page.getByLabel(`Values of parameter ${index}`).fill(values);
      };
      const start = page.getByRole('button', { name: 'Try them' });
      expect(await start.isDisabled()).toBe(true);
      await parameter(1, /fee bps/, '2, 5, 10');
      await page.getByLabel('Values of parameter 2').fill('0, 0.1');
      await start.click();
      await page.locator('[id$="-1-path"]:focus').waitFor();
      await page.getByText('Parameter 2: Choose the parameter, or remove this row.').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page
        .getByRole('option', { name: /fee bps/ })
        .first()
        .click();
      await page.getByText('Parameter 2: Parameter 1 is this one already.').waitFor();
      await page.getByRole('button', { name: 'Remove parameter 2' }).press('Enter');
      await page.locator('[aria-label="Remove parameter 1"]:focus').waitFor();
      await page.getByText('3 cells, so as many trials').waitFor();
      await page.getByRole('button', { name: 'Another parameter' }).click();
      await parameter(2, /rules › 1 › value/, '0, 0.1');
      await page.getByText('6 cells, so as many trials').waitFor();
      await start.click();
      await heading('Leaderboard').waitFor();
      await page.locator('.chart-canvas canvas').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Make one' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name of the strategy').fill('Best cell');
      await dialog.getByRole('button', { name: 'Make a strategy of it' }).click();
      await dialog.getByText('Made: Best cell').waitFor();
      await dialog.getByRole('link', { name: 'Backtest it' }).waitFor();
    });

    it('is validated once it was backtested, and the gates say what was seen', async () => {
      const validation = async () => {
        await open('/validation');
        await page.getByRole('link', { name: 'Best cell' }).click();
        await heading('Best cell').waitFor();
      };
      await validation();
      await page.getByText('A draft is validated after its first backtest.').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Backtest it', exact: true }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('Sharpe ratio').first().waitFor();
      await validation();
      await page.getByRole('button', { name: 'Run walk-forward' }).click();
      await page.getByRole('table', { name: 'Folds' }).waitFor();
      await page.getByRole('button', { name: 'Run CPCV' }).click();
      await page.getByRole('table', { name: 'Paths', exact: true }).waitFor();
      const metrics = page.getByRole('table', { name: 'Metrics over the paths' });
      expect(await metrics.getByRole('row', { name: /^Profit factor/ }).innerText()).toMatch(/\t5$/);
      const gates = page.getByRole('table', { name: 'Gates of Default' });
      await gates
        .getByText(/at least .* is needed/)
        .first()
        .waitFor();
      await page
        .getByRole('figure', { name: /Equity of the paths/ })
        .locator('canvas')
        .waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it('gives its verdicts as a file, the page of which can be read without the product', async () => {
      const data = await fileOf(/As data/);
      expect(data.name).toMatch(/^validation-report_[-0-9a-f]{36}_\d+\.json$/);
      const report = JSON.parse(readFileSync(data.path, 'utf8'));
      expect([report.kind, report.strategy.name]).toEqual(['assay.validation_report', 'Best cell']);
      const printed = await fileOf(/HTML/);
      expect(printed.name).toBe(data.name.replace(/json$/, 'html'));
      for (const [width, colorScheme] of [
        [1000, 'light'],
        [390, 'dark'],
      ] as const) {
        const reader = await openReport(printed.path, width, colorScheme);
        await reader.getByRole('heading', { name: /^Validation of Best cell, revision / }).waitFor();
        await reader.getByText(report.sha256).waitFor();
        const pictures = reader.getByRole('img');
        expect(await pictures.count()).toBe(11);
        for (const picture of await pictures.all()) expect((await picture.boundingBox())!.width).toBeLessThan(width);
        await reader.getByRole('img', { name: 'Sharpe ratio by the two parameters' }).waitFor();
        expect(await reader.getByText('what was judged', { exact: true }).count()).toBe(2);
        await reader.close();
      }
      expect(report.sweep.chosen).not.toBeNull();
    });

    it('gives signed evidence of the verdicts, and says how to check it', async () => {
      await page.getByText('assay verify evidence.json --bars bars.csv').waitFor();
      expect(await page.getByRole('link', { name: 'Evidence of the promotion' }).count()).toBe(0);
      const { name, path } = await fileOf('Signed evidence (JSON)');
      expect(name).toMatch(/\.json$/);
      const evidence = JSON.parse(readFileSync(path, 'utf8'));
      const { items } = await stack.api('GET', '/api/strategies?q=best');
      expect(JSON.stringify(evidence)).toContain(items[0].id);
    });

    it('chooses parameters anew in every fold, and shows each choice and what came of it', async () => {
      const form = page.getByRole('form', { name: 'Search in folds' });
      const search = form.getByRole('button', { name: 'Search in folds' });
      expect(await search.isDisabled()).toBe(true);
      await form.getByRole('combobox', { name: 'Parameter 1' }).click();
      await page
        .getByRole('option', { name: /rules › 1 › value/ })
        .first()
        .click();
      await form.getByLabel('Values of parameter 1').fill('0, 0.1, 0.2');
      await form.getByText('3 cells, as many trials').waitFor();
      await form.getByLabel('Folds', { exact: true }).fill('4');
      await search.click();
      const choices = page.getByRole('table', { name: 'Choice of each fold' });
      await choices.waitFor();
      expect(await choices.locator('tbody tr').count()).toBe(4);
      await page.getByRole('img', { name: /Chosen value of each parameter/ }).waitFor();
      await page.getByText(/In each fold the best of 3 cells by sharpe ratio/i).waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it('shows every trial that counts, and takes those made elsewhere, which can only be raised', async () => {
      const { items } = await stack.api('GET', '/api/strategies?q=best');
      const { counted } = await stack.api('GET', `/api/experiments/ledger?strategy_id=${items[0].id}`);
      await open(`/strategies/${items[0].id}`);
      await page.getByRole('tab', { name: 'Trials' }).click();
      const trials = page.getByRole('table', { name: 'Trials', exact: true });
      await trials.getByRole('row').nth(1).waitFor();
      await page.getByRole('img', { name: /^Effective number of trials: / }).waitFor();
      expect(await page.getByRole('definition').first().innerText()).toBe(String(counted));
      expect(await faultsOf(page)).toEqual([]);
      await trials.getByText('fee bps 10, value 0.1', { exact: true }).waitFor();
      await page.getByLabel('How they were tried').selectOption('walk_forward');
      await trials.getByText('fee bps 10, value 0.1', { exact: true }).waitFor({ state: 'detached' });
      await trials.getByText('value 0.2', { exact: true }).waitFor();
      await page.getByLabel('Trials made elsewhere, in all').fill('7');
      await page.getByLabel('What was tried, and where').fill('A notebook');
      await page.getByRole('button', { name: 'Declare them' }).click();
      await page.getByText(/^7 in all, declared .*: A notebook$/).waitFor();
      await page.getByLabel('Trials made elsewhere, in all').fill('6');
      await page.getByText('Must be above 7, was 6').waitFor();
      expect(await page.getByRole('button', { name: 'Declare them' }).isDisabled()).toBe(true);
      expect(await faultsOf(page)).toEqual([]);
    });

    it('is found by its name, the newest first, by a search that the address keeps', async () => {
      const names = (table: string) =>
        page
          .getByRole('table', { name: table })
          .locator('tbody tr a')
          .evaluateAll((links) => links.map(({ textContent }: any) => textContent));
      await open('/strategies');
      await page.getByRole('table', { name: 'Strategies' }).waitFor();
      expect(await names('Strategies')).toEqual(['Best cell', 'Sign of the factor']);
      await page.getByLabel('Find').fill('SIGN of');
      await page.getByRole('link', { name: 'Best cell' }).waitFor({ state: 'detached' });
      expect(await names('Strategies')).toEqual(['Sign of the factor']);
      await page.reload();
      await page.getByRole('link', { name: 'Sign of the factor' }).waitFor();
      expect([await page.getByLabel('Find').inputValue(), await names('Strategies')]).toEqual([
        'SIGN of',
        ['Sign of the factor'],
      ]);
      await page.getByLabel('Find').fill('%');
      await heading('No strategy like this').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByRole('link', { name: 'Best cell' }).waitFor();
      expect(await page.getByLabel('Find').inputValue()).toBe('');
      await open('/backtests');
      await page.getByRole('table', { name: 'Backtests' }).waitFor();
      expect((await names('Backtests'))[0]).toBe('Best cell');
      await page.getByLabel('Find').fill('factor');
      await page
        .getByRole('table', { name: 'Backtests' })
        .getByRole('link', { name: 'Best cell' })
        .waitFor({ state: 'detached' });
      expect(new Set(await names('Backtests'))).toEqual(new Set(['Sign of the factor']));
    });

    it('is read on a phone in the dark without anything to scroll sideways but tables', async () => {
      const phone = await stack.browser.newPage({
        viewport: { width: 390, height: 844 },
        colorScheme: 'dark',
        storageState: await page.context().storageState(),
      });
      for (const to of ['/data', '/data/series?symbol=EDGE&source=mine&timeframe=1d', '/backtests', '/validation']) {
        await phone.goto(stack.at(to));
        await ready(phone);
        expect([to, await phone.evaluate('document.documentElement.scrollWidth')]).toEqual([to, 390]);
        expect(await faultsOf(phone)).toEqual([]);
      }
      await phone.close();
    });

    it('breaks no rule of the page and throws nothing', () => expect(complaints).toEqual([]));
  });
});
