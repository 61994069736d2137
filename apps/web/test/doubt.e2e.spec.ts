import type { Page, Route } from 'playwright-core';
import { ready } from '../../../scripts/screenshots/pages';
import {
  describeInChromium,
  faultsOf,
  keepComplaints,
  startChromiumStack,
  stepsOn,
  type ChromiumStack,
} from './chromium-stack';

jest.setTimeout(600_000);

const PASSWORD = 'a long enough password';
const DAYS = 400;
/** One long word, written from right to left within. */
const NAME = `${'Unbreakable'.repeat(12)}\u202Eesrever`;

/** Daily bars around the clock, going up and down. */
function bars(): string {
  const lines = Array.from({ length: DAYS }, (_, day) => {
    const price = 100 + 20 * Math.sin(day / 9);
    const date = new Date(Date.UTC(2020, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    return `${date},${price.toFixed(4)},${(price * 1.02).toFixed(4)},${(price * 0.98).toFixed(4)},${(price * 1.01).toFixed(4)},10`;
  });
  return ['time,open,high,low,close,volume', ...lines].join('\n');
}

describeInChromium('a user without luck: answers that never come, two tabs, another hand', () => {
  let stack: ChromiumStack;
  let page: Page;
  let strategy: string;
  let deployment: string;
  const complaints: string[] = [];
  const step = stepsOn(() => page);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const dialog = (on = page) => on.getByRole('dialog');
  const inDoubt = () => page.getByText('Not known whether it was done').first();

  const newPage = async (from?: Page): Promise<Page> => {
    const made = from
      ? await from.context().newPage()
      : await (await stack.browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    made.setDefaultTimeout(120_000);
    // as where the page comes over plain http
    await made.addInitScript('delete Crypto.prototype.randomUUID');
    keepComplaints(made, complaints);
    return made;
  };
  const signIn = async (on: Page, username: string): Promise<void> => {
    await on.getByLabel('User name').fill(username);
    await on.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await on.getByRole('button', { name: 'Sign in' }).click();
  };
  /** The next change at an address is carried out, and its answer lost. */
  const loseAnswer = async (address: string, method: string): Promise<void> => {
    let lost = false;
    const lose = async (route: Route): Promise<void> => {
      if (lost || route.request().method() !== method) return route.fallback();
      lost = true;
      await route.fetch();
      await route.abort();
    };
    await page.route(address, lose);
  };
  const deployments = async (): Promise<any[]> =>
    (await stack.api('GET', '/api/v1/deployments')).items.concat(
      (await stack.api('GET', '/api/v1/deployments?status=stopped')).items,
    );

  beforeAll(async () => {
    stack = await startChromiumStack();
    for (const username of ['ann', 'ben'])
      await stack.api('POST', '/api/v1/auth/users', { username, password: PASSWORD, role: 'trader' });
    const file = new FormData();
    file.append('file', new Blob([bars()], { type: 'text/csv' }), 'btc.csv');
    for (const [name, value] of Object.entries({ symbol: 'BTC', timeframe: '1d', market: 'CRYPTO', source: 'upload' }))
      file.append(name, value);
    await stack.api('POST', '/api/data/import', file);
    page = await newPage();
    await page.goto(stack.link);
    await page.waitForURL(({ pathname }) => pathname === '/');
  });

  afterAll(() => stack?.stop());

  step('sends a file again under its name where no answer came, and stores its bars once', async () => {
    await page.goto(stack.at('/data/import'));
    await page.setInputFiles('input[type=file]', {
      name: 'eth.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(bars()),
    });
    await page.getByLabel('Symbol').fill('ETH');
    await page.getByRole('combobox', { name: 'Market' }).click();
    await page.getByRole('option', { name: /Crypto/ }).click();
    await loseAnswer('**/api/data/import?*', 'POST');
    await button('Import').click();
    await inDoubt().waitFor();
    const [answer] = await Promise.all([page.waitForResponse('**/api/data/import?*'), button('Import').click()]);
    expect([answer.status(), await answer.headerValue('idempotency-replayed')]).toEqual([201, 'true']);
    await page.unrouteAll();
  });

  step('makes a strategy whose name is one long word, which pushes nothing aside on a phone', async () => {
    await page.goto(stack.at('/strategies/new'));
    await page.getByRole('radio', { name: /BTC/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /Follow the trend/ }).click();
    await button('Next').click();
    await page.getByLabel('Name').fill(NAME);
    await loseAnswer('**/api/backtests/*/execute', 'POST');
    await button('Make it and test it').click();
    await inDoubt().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await button('Try again').click();
    await page.getByText(/It made .* after costs; buying and holding made/).waitFor();
    await page.unrouteAll();
    strategy = (await stack.api('GET', '/api/strategies')).items[0].id;
    expect((await stack.api('GET', `/api/backtests?strategy_id=${strategy}`)).items).toHaveLength(1);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const tab of ['overview', 'versions', 'document', 'lineage', 'notes']) {
      await page.goto(stack.at(`/strategies/${strategy}?tab=${tab}`));
      await ready(page);
      expect([tab, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([tab, 390]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  step('sees the newest backtest, and not the first of many', async () => {
    const { id } = await stack.api('POST', '/api/backtests', { strategy_id: strategy });
    const { job_id: job } = await stack.api('POST', `/api/backtests/${id}/execute`);
    await page.goto(stack.at(`/jobs/${job}`));
    await page.getByText('Completed').first().waitFor();
    await page.goto(stack.at(`/strategies/${strategy}`));
    await ready(page);
    const links = await page
      .locator('main a[href^="/backtests/"]')
      .evaluateAll((found) => found.map(({ href }: any) => href));
    expect(links.filter((href) => !href.includes('/new'))).toEqual([stack.at(`/backtests/${id}`)]);
  });

  step('runs a backtest once that was prepared, although the answer to its start never came', async () => {
    const backtests = async (): Promise<number> =>
      (await stack.api('GET', `/api/backtests?strategy_id=${strategy}`)).items.length;
    const before = await backtests();
    await page.goto(stack.at(`/backtests/new?strategy=${strategy}`));
    await loseAnswer('**/api/backtests/*/execute', 'POST');
    await page.getByLabel('First scored bar').fill('2020-03-01');
    await button('Run').click();
    await inDoubt().waitFor();
    expect(await backtests()).toBe(before + 1);
    await button('Run').click();
    await page.waitForURL(/\/backtests\/[0-9a-f-]{36}$/);
    await page.getByRole('tab', { name: 'Trades' }).waitFor();
    expect(await backtests()).toBe(before + 1);
    await page.unrouteAll();
  });

  step('goes on with the deployment that an earlier try has made, although the form was changed since', async () => {
    await page.goto(stack.at(`/deployments/new?strategy=${strategy}`));
    await page.getByRole('table', { name: 'Backtest of this version' }).waitFor();
    await loseAnswer('**/api/v1/deployments', 'POST');
    await button('Dry run').click();
    await inDoubt().waitFor();
    await page.getByRole('textbox', { name: 'Capital' }).fill('20000');
    await button('Dry run').click();
    await page.getByText('Made before').waitFor();
    await page.getByText(/An earlier try, whose answer did not come, has made this deployment/).waitFor();
    await page.getByRole('table', { name: 'Summary' }).getByText('capital 10,000.00').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await button('Back to the form').click();
    await button('Dry run').waitFor();
    expect((await deployments()).map(({ status }) => status)).toEqual(['stopped']);
  });

  step('deploys once, although the first answer never came', async () => {
    await page.goto(stack.at(`/deployments/new?strategy=${strategy}`));
    await page.getByRole('table', { name: 'Backtest of this version' }).waitFor();
    await loseAnswer('**/api/v1/deployments', 'POST');
    await button('Dry run').click();
    await inDoubt().waitFor();
    await page.getByText(/sent again unchanged within five minutes it is done once/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await button('Dry run').click();
    await page.getByRole('heading', { name: /what a run would do now/ }).waitFor();
    const made = (await deployments()).filter(({ status }) => status !== 'stopped');
    expect(made).toHaveLength(1);
    deployment = made[0].deployment_id;
  });

  step('comes to what it has started, although the answer never came', async () => {
    await loseAnswer(`**/api/v1/deployments/${deployment}`, 'PATCH');
    await button(/Start (on paper|anyway)/).click();
    await page.waitForURL(({ pathname }) => pathname === `/deployments/${deployment}`);
    await button('Run now').waitFor();
  });

  step('runs it once, although the answer never came', async () => {
    await loseAnswer(`**/api/v1/deployments/${deployment}/run`, 'POST');
    await button('Run now').click();
    await inDoubt().waitFor();
    const [answer] = await Promise.all([
      page.waitForResponse(`**/api/v1/deployments/${deployment}/run`),
      button('Run now').click(),
    ]);
    expect([answer.status(), await answer.headerValue('idempotency-replayed')]).toEqual([202, 'true']);
  });

  step('agrees to live trading of what it has read, and of nothing else', async () => {
    await stack.sql(`UPDATE trade.deployment SET paper = false, broker = 'BYBIT', status = 'created'`);
    // no notice of a change arrives
    await page.route('**/stream', (route) => route.abort());
    await page.goto(stack.at(`/deployments/${deployment}`));
    await button(/Confirm live trading/).click();
    await dialog().getByText('capital 10,000.00').waitFor();
    await dialog()
      .getByLabel(/I have read it/)
      .check();
    await stack.sql(`UPDATE trade.deployment SET capital = 990000, version = version + 1`);
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await dialog()
      .getByText(/changed after you had read it/)
      .waitFor();
    await dialog().getByText('capital 990,000.00').waitFor();
    expect(
      await dialog()
        .getByLabel(/I have read it/)
        .isChecked(),
    ).toBe(false);
    await dialog()
      .getByLabel(/I have read it/)
      .check();
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await dialog().getByText('Step 2 of 2').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  step('finds a page whose code was away once it is there again, and the halt without fetching any', async () => {
    await page.goto(stack.at('/'));
    await ready(page);
    const isMissing = /assets\/(halt-dialog|audit-page)/;
    await page.route(isMissing, (route) => route.abort());
    await button('Halt trading').click();
    await dialog().getByLabel('Type HALT to go on').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('This part could not be loaded').waitFor();
    await page.unroute(isMissing);
    await button('Try again').click();
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
  });

  step('halts also what was opened after the list was read', async () => {
    await button('Halt trading').click();
    await dialog()
      .getByText(/on 1 account,/)
      .waitFor();
    await stack.api('POST', '/api/v1/accounts', { broker: 'PAPER', paper: true, name: 'Opened meanwhile' });
    await dialog().getByLabel('Reason').fill('all of them');
    await dialog().getByLabel('Type HALT to go on').fill('HALT');
    await loseAnswer('**/trading-state', 'POST');
    await dialog().getByRole('button', { name: 'Halt', exact: true }).click();
    await dialog()
      .getByText(/1 account of \d not halted for certain/)
      .waitFor();
    const { items } = await stack.api('GET', '/api/v1/accounts');
    expect(items.filter(({ trading_state: state }: any) => state !== 'HALTED')).toEqual([]);
    await page.unrouteAll();
  });

  step('goes on in every tab once it has signed in again in one of them', async () => {
    const one = await newPage();
    await one.goto(stack.at('/settings?tab=keys'));
    await signIn(one, 'ann');
    await one.waitForURL(({ pathname }) => pathname === '/settings');
    const other = await newPage(one);
    await other.goto(stack.at('/settings?tab=keys'));
    await other.getByRole('button', { name: 'New API key' }).click();
    await dialog(other).getByLabel('Name').fill('typed in the other tab');
    await one.getByRole('button', { name: 'Menu of ann' }).click();
    await one.getByRole('menuitem', { name: 'Sign out' }).click();
    const ended = dialog(other).filter({ hasText: 'The session has ended' });
    await ended.waitFor();
    await signIn(one, 'ann');
    await ended.waitFor({ state: 'detached' });
    expect(await dialog(other).getByLabel('Name').inputValue()).toBe('typed in the other tab');
    await dialog(other).getByRole('button', { name: 'Make the key' }).click();
    await dialog(other).getByText('Shown this once').waitFor();
    // another user finds nothing of it
    await one.getByRole('button', { name: 'Menu of ann' }).click();
    await one.getByRole('menuitem', { name: 'Sign out' }).click();
    await ended.waitFor();
    await signIn(one, 'ben');
    await other.getByRole('button', { name: 'Menu of ben' }).waitFor();
    expect(await dialog(other).count()).toBe(0);
    await one.context().close();
  });

  step('breaks no rule of the page and throws nothing', async () => expect(complaints).toEqual([]));
});
