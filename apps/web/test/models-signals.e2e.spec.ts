import { join } from 'node:path';
import { syntheticPlantedEdge } from '@assay/simulators';
import type { Page } from 'playwright-core';
import { ready } from '../../../scripts/screenshots/pages';
import { describeInChromium, faultsOf, signedInPage, startChromiumStack, type ChromiumStack } from './chromium-stack';

jest.setTimeout(600_000);

const ONNX_FILE = join(__dirname, '../../../docs/examples/direction.onnx');

/** The runtime of imported models is optional. */
const hasOnnxRuntime = ((): boolean => {
  try {
    return require.resolve('onnxruntime-web') !== '';
  } catch {
    return false;
  }
})();

describeInChromium('pages of features, models and signals', () => {
  let stack: ChromiumStack;
  let page: Page;
  const complaints: string[] = [];
  /** Addresses of what was made, for the phone. */
  const made: Record<string, string> = {};

  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();
  const open = (to: string) => page.goto(stack.at(to));
  const choose = async (label: string | RegExp, option: string | RegExp) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const idOf = (name: string) => made[name]!.split('/').pop()!;
  const keep = (name: string) => (made[name] = new URL(page.url()).pathname);

  beforeAll(async () => {
    stack = await startChromiumStack();
    page = await signedInPage(stack, complaints, 45_000);
    await page.evaluate(
      async ([csv, address]) => {
        const session = (await (await fetch('/session')).json()) as { csrf: string };
        const answer = await fetch(address!, {
          method: 'POST',
          headers: { 'content-type': 'text/csv', 'x-csrf-token': session.csrf },
          body: csv!,
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
      [
        syntheticPlantedEdge({ seed: 1 }),
        '/api/data/import?symbol=EDGE&source=mine&timeframe=1d&market=US&synthetic=true&name=edge.csv',
      ],
    );
  });

  afterAll(() => stack?.stop());

  it('makes features by the forms of their plugins, which say what is wrong', async () => {
    await open('/features');
    await page.getByRole('link', { name: 'New feature' }).click();
    await page.getByLabel('Name').fill('rsi_14');
    await choose('Kind', /^rsi: /);
    await page.getByLabel('Window').fill('1');
    await page.getByText('Window must be at least 2, was 1').waitFor();
    expect(await page.getByRole('button', { name: 'Make the feature' }).isDisabled()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Window').fill('14');
    await page.getByRole('button', { name: 'Make the feature' }).click();
    await heading('rsi_14').waitFor();

    await open('/features/new');
    await page.getByLabel('Name').fill('close');
    await choose('Kind', /^column: /);
    await page.getByLabel('Column').fill('factor');
    await page.getByRole('button', { name: 'Make the feature' }).click();
    await page.getByRole('alert').getByText('Not saved').waitFor();
    await page.getByLabel('Name').fill('edge');
    await page.getByRole('button', { name: 'Make the feature' }).click();
    await heading('edge').waitFor();
  });

  it('computes a feature that reads another, and shows what its dataset looks like', async () => {
    await open('/features/new');
    await page.getByLabel('Name').fill('rsi_gap');
    await choose('Kind', /^expression: /);
    await page.getByLabel('Expression').fill('rsi_14 - rolling_mean(rsi_14, 10)');
    await page.getByRole('button', { name: 'Make the feature' }).click();
    await heading('rsi_gap').waitFor();
    keep('feature');
    await page.getByText('No dataset yet').waitFor();
    await choose('Series of bars', /^EDGE/);
    await page.getByText('It reads rsi_14: computed with it.').waitFor();
    await page.getByRole('button', { name: 'Compute' }).click();
    await page.getByText('23 (0.8 %)').waitFor();
    await page.getByRole('figure', { name: 'Distribution of rsi_gap' }).locator('canvas').waitFor();
    expect(await page.getByRole('table', { name: 'The last rows of rsi_gap' }).getByRole('row').count()).toBe(11);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('trains a model and says what it is worth on rows that it was not fitted on', async () => {
    await open('/features');
    await page.getByRole('link', { name: 'New model' }).click();
    await page.getByLabel('Name').fill('Edge by logistic');
    await page.getByRole('combobox', { name: /^Inputs/ }).click();
    for (const input of ['edge', 'rsi_14']) await page.getByRole('option', { name: input, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('Kind').selectOption('logistic');
    const saying = page.getByLabel('To say');
    expect(await saying.getByRole('option', { name: 'The return over some bars', includeHidden: true }).count()).toBe(
      0,
    );
    // an input that is taken away is no side any more
    await saying.selectOption('triple_barrier');
    await page.getByLabel('Side').selectOption('rsi_14');
    await page.getByRole('combobox', { name: /^Inputs/ }).click();
    const offered = page.getByRole('listbox', { name: 'Inputs' }).getByRole('option', { name: 'rsi_14', exact: true });
    await offered.click();
    expect(await page.getByLabel('Side').inputValue()).toBe('');
    await offered.click();
    await page.keyboard.press('Escape');
    await saying.selectOption('forward_return_sign');
    await page.getByRole('switch', { name: 'By uniqueness' }).check();
    await page.getByLabel('Weight of the oldest row').fill('0.5');
    await page.getByLabel('Weight of the labels').selectOption('balanced');
    await page.getByLabel('Calibrated by').selectOption('platt');
    await page.getByLabel('Part of the rows for it').fill('0.6');
    await page.getByText('Part of the rows for it must be at most 0.5, was 0.6').waitFor();
    expect(await page.getByRole('button', { name: 'Make the model' }).isDisabled()).toBe(true);
    await page.getByLabel('Part of the rows for it').fill('0.25');
    await page.getByLabel('Chosen by').selectOption('f_statistic');
    await page.getByLabel('Inputs that are kept').fill('1');
    await page.getByLabel('Bars between fits').fill('126');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the model' }).click();
    await heading('Edge by logistic').waitFor();
    keep('model');
    await page.getByText(/Both labels weigh the same in all; each weighs its uniqueness/).waitFor();
    expect(await stack.api('GET', `/api/models/${idOf('model')}`)).toMatchObject({
      refit: { every: 126, min_train: expect.any(Number) },
      training: {
        ...{ class_weight: 'balanced', uniqueness: true, time_decay: 0.5 },
        selection: { score: 'f_statistic', keep: { kind: 'best', count: 1 } },
        calibration: { kind: 'platt', fraction: 0.25 },
      },
    });
    await page.getByText(/it reads the 1 input of the highest F with the label/).waitFor();
    await page.getByText('Not fitted yet').waitFor();
    await choose('Series of bars', /^EDGE/);
    await page.getByLabel('Last bar').fill('2016-12-30');
    await page.getByLabel('Folds that judge it').fill('4');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const metrics = page.getByRole('table', { name: 'Metrics of the fit' });
    await metrics.getByRole('row', { name: /^AUC/ }).waitFor();
    await page.getByText(/Means over 4 folds/).waitFor();
    const { items } = await stack.api('GET', '/api/models');
    const { artifact } = items.find(({ name }: { name: string }) => name === 'Edge by logistic');
    await page.getByText(artifact.artifact_sha256).waitFor();
    const folds = page.getByRole('table', { name: 'The fit fold by fold' });
    await folds.getByRole('row').nth(4).waitFor();
    const { items: kept } = await stack.api('GET', `/api/models/${idOf('model')}/folds?format=json`);
    expect(kept).toHaveLength(4);
    const shown = await folds.getByRole('row').nth(2).getByRole('cell').allInnerTexts();
    expect(shown.map(Number)).toContainEqual(expect.closeTo(kept[1].metrics.auc, 3));
    await page.getByRole('figure', { name: 'IC of each fold' }).locator('canvas').waitFor();
    const outOfSample = await metrics.getByRole('row', { name: /^AUC/ }).getByRole('cell').last().innerText();
    expect(Number(outOfSample)).toBeCloseTo(artifact.metrics.oos_auc, 3);
    expect(kept.map(({ selected }: { selected: string[] }) => selected)).toEqual(Array(4).fill(['edge']));
    expect(shown.at(-1)).toBe('edge');
    const figures = ['Scores of the inputs', 'How often an input was chosen', 'Permutation importance', 'Coefficients'];
    for (const figure of figures) {
      await page.getByRole('figure', { name: figure }).locator('canvas').waitFor();
    }
    const importance = page.getByRole('figure', { name: 'Permutation importance' });
    await importance.getByText('Numbers').click();
    // the planted column carries the edge, the other one is a price's
    expect(await importance.getByRole('row').nth(1).innerText()).toMatch(/^edge/);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('refuses an imported file that is no model in the words of the API', async () => {
    const features = await stack.api('GET', '/api/features');
    const model = await stack.api('POST', '/api/models', {
      name: 'Brought along',
      kind: 'onnx',
      feature_ids: [features.items[0].id],
    });
    await open(`/features/models/${model.id}`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'model.onnx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('no model at all'),
    });
    await choose('Series of bars', /^EDGE/);
    await page.getByLabel('First bar that its training has seen').fill('2010-01-04');
    await page.getByLabel('Last bar that its training has seen').fill('2015-12-31');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alert').getByText('Not imported').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  const rule = (place: string, part: string) => `${place}: ${part}`;
  const compare = async (place: string, field: string, operator: string, number: string) => {
    await choose(rule(place, 'what is compared'), field);
    await page.getByLabel(rule(place, 'how')).selectOption(operator);
    await page.getByLabel(rule(place, 'the number it is compared with')).fill(number);
  };

  it('builds rules, says at each node what is wrong, and which group can never decide', async () => {
    await open('/signals');
    await page.getByRole('link', { name: 'Build rules' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Edge by rules');
    await page.getByText('Long or short', { exact: true }).click();
    await compare('group 1, rule 1', 'edge', '>', '0,1');
    await page.getByText('Must be a number with a point, was 0,1').waitFor();
    await page.getByLabel(rule('group 1, rule 1', 'the number it is compared with')).fill('0');
    await compare('group 2, rule 1', 'edge', '<', '0');
    await page.getByRole('button', { name: 'Add a group' }).click();
    await compare('group 3, rule 1', 'edge', '>', '1');
    await page.getByText('Group 3 can never decide: wherever it holds, group 1 before it does.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove group 3', exact: true }).click();
    await page.getByRole('button', { name: 'Add brackets to group 1', exact: true }).click();
    await compare('group 1, rule 2, rule 1', 'rsi_14', '>', '20');
    await compare('group 1, rule 2, rule 2', 'close', 'crosses_above', '100');
  });

  it('tries them on bars', async () => {
    await page.getByText(/changes of the target in the last 1,500 bars/).waitFor();
    await page.locator('.chart-canvas canvas').first().waitFor();
    expect(await page.getByText(/^decides [\d,]+ of 1,500 bars$/).count()).toBe(2);
  });

  it('saves them, puts them into a new strategy, and explains a bar of it', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await heading('Edge by rules').waitFor();
    keep('signal');
    await page.getByLabel('Or a new one, named').fill('Edge, long and short');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('It has these rules.').waitFor();
    await page.getByLabel('Bar of').fill('2020-09-10');
    await page.getByRole('button', { name: 'Explain this bar' }).click();
    await page.getByText('Target after it').waitFor();
    const groups = page.getByRole('table', { name: /^Group 1, Buy: / });
    await groups.getByText('edge > 0').waitFor();
    await groups.getByText('rsi_14 > 20').waitFor();
    expect(await faultsOf(page)).toEqual([]);

    const chart = page.getByRole('img', { name: /marked where the rules change the target/ });
    await chart.click({ position: { x: 400, y: 60 } });
    await page.getByLabel('Bar of').and(page.locator('input:not([value="2020-09-10"])')).waitFor();
    expect(await page.getByLabel('Bar of').inputValue()).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it('attaches a fit to the strategy that it is trained for', async () => {
    await open(made.model!);
    await choose('Series of bars', /^EDGE/);
    await page.getByLabel('Last bar').fill('2015-12-31');
    await page.getByLabel('Folds that judge it').fill('0');
    await choose('Attach it to a strategy', /^Edge, long and short/);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('The strategy has it now.').waitFor();
    const { items } = await stack.api('GET', '/api/strategies');
    const strategy = items.find(({ name }: { name: string }) => name === 'Edge, long and short');
    expect(strategy.model_id).toBe(idOf('model'));
    const { artifact } = await stack.api('GET', `/api/models/${idOf('model')}`);
    const { revisions } = await stack.api('GET', `/api/strategies/${strategy.id}/lineage`);
    expect(revisions.at(-1).artifact.sha256).toBe(artifact.artifact_sha256);
    await page.getByText(artifact.artifact_sha256).waitFor();
    // this fit was judged on no folds, so none are shown of the one before
    expect(await page.getByRole('table', { name: 'The fit fold by fold' }).count()).toBe(0);
  });

  it('tunes the model on that strategy, shows how far it is, and what every set is worth', async () => {
    await choose('On the strategy', /^Edge, long and short/);
    await page.getByLabel('L2', { exact: true }).last().fill('0.01, 0.1, 1, 10, 100, 1000');
    await page.getByText('6 sets, so as many trials').waitFor();
    // every value of the bar while it is there
    await page.evaluate(() => {
      const seen: number[] = ((globalThis as any).seenOnBar = []);
      const look = () => {
        const bar = (globalThis as any).document.querySelector('[role=progressbar]');
        const value = Number(bar?.getAttribute('aria-valuenow') ?? NaN);
        if (!Number.isNaN(value) && seen.at(-1) !== value) seen.push(value);
      };
      new (globalThis as any).MutationObserver(look).observe((globalThis as any).document.body, {
        ...{ subtree: true, childList: true, attributes: true },
      });
    });
    await page.getByRole('button', { name: 'Try them' }).click();
    const sets = page.getByRole('table', { name: 'Sets that were tried, best first' });
    await sets.getByRole('row').nth(6).waitFor();
    const seen: number[] = await page.evaluate(() => (globalThis as any).seenOnBar);
    expect(seen.some((value) => value > 0 && value < 100)).toBe(true);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const { items } = await stack.api('GET', '/api/jobs?kind=model.tune&limit=1');
    const { result } = await stack.api('GET', `/api/jobs/${items[0].id}`);
    const best = Math.max(
      ...result.rows.map((row: { mean_oos_sharpe: number | null }) => row.mean_oos_sharpe ?? -Infinity),
    );
    const first = await sets.getByRole('row').nth(1).getByRole('cell').last().innerText();
    expect(Number(first.replace('−', '-'))).toBeCloseTo(best, 2);
    await page.getByText(/The strategy's lineage now counts \d+ trials/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('draws sets by TPE and gives hopeless ones up', async () => {
    await page.getByLabel('Sets that are tried', { exact: true }).selectOption('tpe');
    await page.getByLabel('Sets to draw').fill('4');
    await page.getByText('4 sets, so as many trials').waitFor();
    await page.getByRole('switch', { name: 'Give hopeless sets up' }).check();
    await page.getByRole('button', { name: 'Try them' }).click();
    await page.getByText(/4 of 6 sets were tried, of which 0 were given up/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  const withRuntime = hasOnnxRuntime ? it : it.skip;
  withRuntime(
    'imports an ONNX file (where onnxruntime-web is installed), whose hash and training stand there',
    async () => {
      const features: string[] = [];
      for (const [name, plugin, window] of [
        ['momentum_5', 'momentum', 5],
        ['rsi_again', 'rsi', 14],
        ['vol_21', 'realised_volatility', 21],
      ] as const) {
        features.push((await stack.api('POST', '/api/features', { name, plugin, params: { window } })).id);
      }
      const body = { name: 'From elsewhere', kind: 'onnx', feature_ids: features };
      const model = await stack.api('POST', '/api/models', body);
      await open(`/features/models/${model.id}`);
      await page.locator('input[type=file]').setInputFiles(ONNX_FILE);
      await choose('Series of bars', /^EDGE/);
      await page.getByLabel('First bar that its training has seen').fill('2010-01-04');
      await page.getByLabel('Last bar that its training has seen').fill('2015-12-31');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Imported.', { exact: true }).waitFor();
      const { artifact } = await stack.api('GET', `/api/models/${model.id}`);
      await heading('Imported model').waitFor();
      await page.getByText(artifact.artifact_sha256).waitFor();
      await page.getByText('Training ended, as stated').waitFor();
      expect(artifact.train_end.slice(0, 10)).toBe('2015-12-31');
      expect(await faultsOf(page)).toEqual([]);
    },
  );

  it('are read on a phone in the dark without anything to scroll sideways', async () => {
    const phone = await stack.browser.newPage({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      storageState: await page.context().storageState(),
    });
    for (const to of ['/features', made.feature!, made.model!, '/signals', made.signal!]) {
      await phone.goto(stack.at(to));
      await ready(phone);
      expect([to, await phone.evaluate('document.documentElement.scrollWidth')]).toEqual([to, 390]);
      expect(await faultsOf(phone)).toEqual([]);
    }
    await phone.close();
  });

  it('break no rule of the page and throw nothing', () => expect(complaints).toEqual([]));
});
