import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { faultsOf, keepComplaints } from './chromium-stack';

/** What a link of the page downloads, under its own name in a folder. */
export async function downloaded(
  page: Page,
  link: string | RegExp,
  folder: string,
): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { name, path };
}

/** A report as whoever was sent it opens it: of all that a page can ask for the file itself alone is asked for, and nothing but tables is wider than the window. */
export async function openAlone(
  browser: Browser,
  path: string,
  { width, colorScheme }: { width: number; colorScheme: 'light' | 'dark' },
  complaints: string[],
): Promise<Page> {
  const reader = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  keepComplaints(reader, complaints);
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  const address = pathToFileURL(path).href;
  await reader.goto(address, { waitUntil: 'networkidle' });
  expect(asked).toEqual([address]);
  expect(await reader.evaluate('document.documentElement.scrollWidth')).toBe(width);
  expect(await faultsOf(reader)).toEqual([]);
  return reader;
}
