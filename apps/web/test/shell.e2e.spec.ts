import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ready } from '../../../scripts/screenshots/pages';
import {
  describeInChromium,
  faultsOf,
  keepComplaints,
  signedInPage,
  startChromiumStack,
  type ChromiumStack,
} from './chromium-stack';

jest.setTimeout(600_000);

const PASSWORD = 'a long enough password';
const NOBODYS = '01890000-0000-7000-8000-00000000dead';
const PAGES = join(__dirname, '..', 'src', 'pages');

/** Every address of the app, as its routes state them; those of one thing with the id of nothing. */
function addresses(): string[] {
  const files = readdirSync(PAGES).map((area) => readFileSync(join(PAGES, area, 'routes.ts'), 'utf8'));
  const paths = files.flatMap((text) => [...text.matchAll(/path: '([^']+)'/g)].map(([, path]) => path!));
  return [...new Set(paths)].filter((path) => path !== '/sign-in').map((path) => path.replace(/\$\w+/, NOBODYS));
}

describeInChromium('what surrounds every page', () => {
  let stack: ChromiumStack;
  let page: Page;
  const complaints: string[] = [];
  const dialog = () => page.getByRole('dialog');
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

  const newPage = async (width: number, height: number): Promise<Page> => {
    const made = await stack.browser.newPage({ viewport: { width, height } });
    made.setDefaultTimeout(45_000);
    keepComplaints(made, complaints);
    return made;
  };
  const signIn = async (on: Page, username: string): Promise<void> => {
    await on.getByLabel('User name').fill(username);
    await on.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await on.getByRole('button', { name: 'Sign in' }).click();
  };

  beforeAll(async () => {
    stack = await startChromiumStack();
    for (const username of ['ann', 'ben'])
      await stack.api('POST', '/api/v1/auth/users', { username, password: PASSWORD, role: 'trader' });
    page = await newPage(1280, 900);
    await page.goto(stack.at('/strategies?find=x'));
    expect(await faultsOf(page)).toEqual([]);
    await signIn(page, 'ann');
    // back to where somebody wanted to go
    await page.waitForURL(({ pathname, search }) => pathname === '/strategies' && search.includes('find=x'));
  });

  beforeEach(async () => {
    await page.unroute('**/api/**');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  afterAll(() => stack?.stop());

  it.each([
    ['a desktop', 1280, 900],
    ['a phone', 390, 844],
  ])('is read without a fault at every address on %s', async (_, width, height) => {
    await page.setViewportSize({ width, height });
    for (const path of [...addresses(), '/nowhere']) {
      await page.goto(stack.at(path));
      await ready(page);
      expect([path, await faultsOf(page)]).toEqual([path, []]);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
    }
  });

  it('says that the server does not answer, and goes on when it does again', async () => {
    await page.goto(stack.at('/jobs'));
    await ready(page);
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Deployments', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The server did not answer.' }).first();
    await alert.getByText(/Look whether the server runs/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.unroute('**/api/**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing is deployed').waitFor();
  });

  it('shows administrators who there is, and ends what a user may do at once', async () => {
    await stack.api('POST', '/api/v1/auth/users', { username: 'cid', password: PASSWORD, role: 'viewer' });
    const admin = await signedInPage(stack, complaints, 45_000);
    const theirs = await newPage(1280, 900);
    await theirs.goto(stack.at('/jobs'));
    await signIn(theirs, 'cid');
    await theirs.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    await theirs.goto(stack.at('/settings?tab=users'));
    await ready(theirs);
    expect(await theirs.getByRole('tab', { name: 'Users' }).count()).toBe(0);
    // what a viewer may not do is neither offered nor asked for
    for (const [list, opening] of [
      ['/strategies', '/strategies/new'],
      ['/backtests', '/backtests/new'],
      ['/backtests', '/backtests/sweeps/new'],
      ['/features', '/features/new'],
      ['/features', '/features/models/new'],
      ['/signals', '/signals/new'],
      ['/data', '/data/import'],
      ['/deployments', '/deployments/new'],
    ]) {
      await theirs.goto(stack.at(list!));
      await ready(theirs);
      expect([list, await theirs.locator(`main a[href^="${opening}"]`).count()]).toEqual([list, 0]);
      await theirs.goto(stack.at(opening!));
      await theirs.getByRole('heading', { name: 'Not with these rights' }).waitFor();
    }
    expect(await faultsOf(theirs)).toEqual([]);
    await admin.goto(stack.at('/settings?tab=users'));
    const row = (name: string) => admin.getByRole('table', { name: 'Users' }).getByRole('row', { name });
    await row('cid').getByText('Viewer').waitFor();
    await row('admin').getByText('You').waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await admin.getByRole('button', { name: 'Disable cid' }).click();
    const asked = admin.getByRole('dialog');
    await asked.getByText(/What it has deployed goes on trading/).waitFor();
    await asked.getByRole('button', { name: 'Disable', exact: true }).click();
    await row('cid').getByText('Disabled').waitFor();
    await theirs.reload();
    await theirs.getByLabel('User name').waitFor();
    await signIn(theirs, 'cid');
    await theirs.getByText('Not signed in').waitFor();
    await admin.getByRole('button', { name: 'Enable cid' }).click();
    await asked.getByRole('button', { name: 'Enable', exact: true }).click();
    await row('cid').getByText('Active').waitFor();
    await Promise.all([admin.close(), theirs.close()]);
  });

  it('asks to sign in again where the session has ended, and keeps what was typed', async () => {
    await page.goto(stack.at('/settings?tab=keys'));
    await page.getByRole('button', { name: 'New API key' }).click();
    await dialog().getByLabel('Name').fill('typed before');
    await page.context().clearCookies();
    await dialog().getByRole('button', { name: 'Make the key' }).click();
    const ended = dialog().filter({ hasText: 'The session has ended' });
    await ended.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await signIn(page, 'ann');
    await ended.waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('Name').inputValue()).toBe('typed before');
    await dialog().getByRole('button', { name: 'Make the key' }).click();
    await dialog().getByText('Shown this once').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await page.getByRole('table', { name: 'API keys' }).getByText('typed before').waitFor();
  });

  it('works by keyboard alone: jumps, the skip link, a dialog, a form', async () => {
    await page.goto(stack.at('/'));
    await ready(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('?');
    await dialog().getByText('Keyboard shortcuts').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await heading('Settings').waitFor();
    const open = page.getByRole('button', { name: 'Open a paper account' });
    await open.waitFor();
    const focused = () => page.evaluate('document.activeElement.textContent');
    for (let presses = 0; presses < 60 && (await focused()) !== 'Open a paper account'; presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Accounts' }).getByText('By keyboard').waitFor();
    await dialog().waitFor({ state: 'detached' });
  });

  it('shows each user only what is their own', async () => {
    const other = await newPage(1280, 900);
    await other.goto(stack.at('/settings'));
    await signIn(other, 'ben');
    await other.getByText('No account yet').waitFor();
    await other.goto(stack.at('/audit'));
    await ready(other);
    expect(await other.getByText('API key made').count()).toBe(0);
    const { items } = await stack.api('GET', '/api/strategies');
    expect(items).toEqual([]);
    const strategy = await stack.api('POST', '/api/strategies', {
      ...{ name: 'Of the administrator', universe: ['SPX'], source: 'mine', timeframe: '1d' },
      pipeline_config: {},
    });
    await other.goto(stack.at(`/strategies/${strategy.id}`));
    await other.getByText('It may have been deleted, or it belongs to another user.').waitFor();
    await other.goto(stack.at('/strategies'));
    await ready(other);
    expect(await other.getByText('Of the administrator').count()).toBe(0);
    // no tab for what only administrators may do
    await other.goto(stack.at('/settings'));
    await other.getByRole('tab', { name: 'API keys' }).waitFor();
    expect(await other.getByRole('tab', { name: 'Users' }).count()).toBe(0);
    await other.close();
  });

  it('signs out, and leads who is not signed in to the sign-in page', async () => {
    await page.getByRole('button', { name: 'Menu of ann' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading('Sign in to Assay').waitFor();
    await page.goto(stack.at('/portfolio'));
    await page.waitForURL(({ pathname, search }) => pathname === '/sign-in' && search.includes('portfolio'));
  });

  it('breaks no rule of the page and throws nothing', () => expect(complaints).toEqual([]));
});
