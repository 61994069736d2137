import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Storage } from '../../screenshots/pages';

/** What must stand in the page, beside nothing being loaded any more, before it counts as drawn. */
export interface Drawn {
  selector: string;
  /** At least so many of it. */
  count: number;
}

export interface Load {
  /** From the start of the navigation to the frame in which the content was drawn, ms. */
  drawnMs: number;
  /** The same to the end of the last long task (over 50 ms) before half a second without any. */
  interactiveMs: number;
  /** Scripts that came until then, each compressed by gzip -9, bytes. */
  scriptGzip: number;
  /** Bytes of these scripts as they were transferred. */
  scriptTransferred: number;
  requests: number;
}

const QUIET_MS = 500;
const LONGEST_MS = 120_000;

interface Watched {
  drawn: number | null;
  busyUntil: number;
}

/** Runs within the page before its own scripts. */
function watch({ selector, count }: Drawn): void {
  const page = globalThis as any;
  const state: Watched = { drawn: null, busyUntil: 0 };
  page.benchLoad = state;
  new page.PerformanceObserver((list: any) => {
    for (const { startTime, duration } of list.getEntries()) state.busyUntil = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
  const observer = new page.MutationObserver(() => {
    const { document } = page;
    if (document.querySelectorAll(selector).length < count || document.querySelector('[aria-busy=true]')) return;
    observer.disconnect();
    // the frame that shows it ends before the task after it
    page.requestAnimationFrame(() => page.setTimeout(() => (state.drawn = page.performance.now()), 0));
  });
  observer.observe(page.document, { childList: true, subtree: true, attributes: true });
}

const read = (page: Page): Promise<Watched & { now: number }> =>
  page.evaluate(() => ({ ...(globalThis as any).benchLoad, now: performance.now() }));

async function settled(page: Page): Promise<Watched> {
  const until = Date.now() + LONGEST_MS;
  while (Date.now() < until) {
    const state = await read(page);
    if (state.drawn !== null && state.now - Math.max(state.drawn, state.busyUntil) > QUIET_MS) return state;
    await page.waitForTimeout(50);
  }
  throw new Error(`${page.url()} was not drawn within ${LONGEST_MS / 1000} s`);
}

/** Adds up the scripts of a page while it loads. */
async function countScripts(session: CDPSession): Promise<() => Promise<Omit<Load, 'drawnMs' | 'interactiveMs'>>> {
  const scripts = new Map<string, number>();
  let requests = 0;
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type }) => {
    requests += 1;
    if (type === 'Script') scripts.set(requestId, 0);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  return async () => {
    let [scriptGzip, scriptTransferred] = [0, 0];
    for (const [requestId, bytes] of scripts) {
      const { body, base64Encoded } = await session.send('Network.getResponseBody', { requestId });
      scriptGzip += gzipSync(Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), { level: 9 }).length;
      scriptTransferred += bytes;
    }
    return { scriptGzip, scriptTransferred, requests };
  };
}

/** One load of a page by a browser that has kept nothing but its session. */
export async function load(browser: Browser, url: string, drawn: Drawn, storageState?: Storage): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState });
  try {
    const page = await context.newPage();
    const count = await countScripts(await context.newCDPSession(page));
    await page.addInitScript(watch, drawn);
    await page.goto(url, { waitUntil: 'commit' });
    const { drawn: drawnMs, busyUntil } = await settled(page);
    return { drawnMs: drawnMs!, interactiveMs: Math.max(drawnMs!, busyUntil), ...(await count()) };
  } finally {
    await context.close();
  }
}
