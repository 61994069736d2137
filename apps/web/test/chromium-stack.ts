import { readFileSync } from 'node:fs';
import { describeOnStacks } from '@assay/testing';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../../../scripts/screenshots/chromium';
import type { ChromiumStack, GivenServers } from '../../../scripts/screenshots/stack';

export { startChromiumStack, type ChromiumStack } from '../../../scripts/screenshots/stack';

/** Of a page that a step failed on, in characters. */
const MOST_SHOWN = 3_000;

const named = chromiumPath() ? describe : describe.skip;
const without = chromiumPath() ? '' : ' (no Chromium is installed)';

/** A suite in a real Chromium; skipped under its name where none is installed. */
export function describeInChromium(name: string, suite: () => void): void {
  named(`${name}${without}`, suite);
}

/** As `describeInChromium`, on the embedded stack and on the servers, where those are given. */
export function describeInChromiumOnStacks(name: string, suite: (servers?: GivenServers) => void): void {
  describeOnStacks(name, ({ kind, adminUrl: dbUrl, redisUrl, natsUrl }) => {
    const servers = { dbUrl, redisUrl, natsUrl };
    describeInChromium('in a browser', () => suite(kind === 'full' ? servers : undefined));
  });
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

/** What axe calls serious or critical, in a line each; of what is shown once it has come in. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker, document } = globalThis as any;
    const moving = document
      .getAnimations()
      .filter(({ effect }: any) => effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }: any) => finished));
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }: any) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html.slice(0, 160)).join(' | ')}`);
  });
}

/** Keeps what a page breaks of its Content-Security-Policy, and what it throws. */
export function keepComplaints(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
}

/** A page on a desktop in New York, which the link of the stack signs in. */
export async function signedInPage(stack: ChromiumStack, complaints: string[], timeoutMs: number): Promise<Page> {
  const page = await stack.browser.newPage({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'America/New_York',
  });
  page.setDefaultTimeout(timeoutMs);
  keepComplaints(page, complaints);
  await page.goto(stack.link);
  await page.waitForURL(({ pathname }) => pathname === '/');
  return page;
}
