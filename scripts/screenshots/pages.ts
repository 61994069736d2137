import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The pages of the navigation, by the name of their pictures. */
export const PAGES: Readonly<Record<string, string>> = {
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
  audit: '/audit',
  settings: '/settings',
};
/** Pages below those on which something is made. */
export const MAKERS: Readonly<Record<string, string>> = {
  'data-import': '/data/import',
  'data-feeds': '/data/feeds',
  'strategies-new': '/strategies/new',
  'features-new': '/features/new',
  'features-model-new': '/features/models/new',
  'signals-new': '/signals/new',
  'backtests-new': '/backtests/new',
  'backtests-sweep-new': '/backtests/sweeps/new',
};
/** What lists lead to beside what they are named after: the page of the list, and how the addresses begin. */
const BESIDE: Readonly<Record<string, readonly [list: string, prefix: string]>> = {
  'features-model-one': ['/features', '/features/models/'],
  'backtests-sweep-one': ['/backtests', '/backtests/sweeps/'],
};
export const VIEWS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type View = keyof typeof VIEWS;
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const LONGEST_MS = 120_000;

/** A heading is there, nothing is being loaded any more, and charts have been drawn. */
export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('h1', { timeout: LONGEST_MS });
  // no predicate within the page: its content security policy evaluates no text
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: LONGEST_MS });
  await page.evaluate('document.fonts.ready.then(() => true)');
}

export type Storage = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a browser keeps after it was signed in by a one-time link. */
export async function signIn(browser: Browser, link: string): Promise<Storage> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(link);
    await page.waitForURL((url) => url.pathname === '/', { timeout: LONGEST_MS });
    return await context.storageState();
  } finally {
    await context.close();
  }
}

export const openView = (
  browser: Browser,
  view: View,
  colorScheme: Scheme,
  storageState?: Storage,
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: VIEWS[view],
    colorScheme,
    isMobile: view === 'phone',
    hasTouch: view === 'phone',
    ...(storageState ? { storageState } : {}),
  });

/** Addresses of what the first row of each list leads to, as in `strategies-one`. */
export async function detailPages(page: Page, base: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const lists = Object.entries(PAGES)
    .filter(([, path]) => path !== '/')
    .map(([name, path]) => [`${name}-one`, path, `${path}/`] as const);
  const beside = Object.entries(BESIDE).map(([name, [path, prefix]]) => [name, path, prefix] as const);
  for (const [name, path, prefix] of [...lists, ...beside]) {
    await page.goto(new URL(path, base).href);
    await ready(page);
    const link = `a[href^="${prefix}"]`;
    const rows = page.locator('main table tr');
    // what was promoted has something on each of its pages, and what never traded has nothing
    const liked = [
      rows.filter({ hasText: 'Promoted' }),
      rows.filter({ hasNotText: '0.00 %' }),
      page.locator('main table'),
    ];
    for (const some of liked) {
      const first = some.locator(link).first();
      const href = (await first.count()) > 0 ? await first.getAttribute('href') : null;
      if (href) found[name] ??= href;
    }
  }
  return found;
}

/** Routes of the reports of what the detail pages are about; a strategy that nothing was validated of has none. */
export function reportsOf(pages: Readonly<Record<string, string>>): Record<string, string> {
  const idOn = (page: string | undefined): string | undefined => page?.split(/[?#]/)[0]!.split('/').at(-1);
  const [backtest, strategy] = [idOn(pages['backtests-one']), idOn(pages['validation-one'])];
  return {
    ...(backtest && { 'report-backtest': `/api/backtests/${backtest}/report?format=html` }),
    ...(strategy && { 'report-validation': `/api/validation/strategies/${strategy}/report?format=html` }),
  };
}

/** A report as it is read from its file. @throws Error where there is none */
export async function openReport(page: Page, url: string): Promise<void> {
  const answer = await page.request.get(url);
  if (!answer.ok()) throw new Error(`${url} answered ${answer.status()}`);
  await page.goto('about:blank');
  await page.setContent(await answer.text());
}
