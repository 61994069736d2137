import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Storage } from '../../screenshots/pages';
import { CHART_BARS, CHART_SERIES } from './seed';

export interface Chart {
  /** From the last byte of the bars to the end of the frame that shows their candles, ms. */
  firstDrawMs: number;
  /** Frames a second while the mouse drags the chart: the 180 newest bars in view, and as many as the chart zooms out to, about 55,000. */
  closeFps: number;
  wholeFps: number;
}

const PAN_MS = 2_000;
const LONGEST_MS = 120_000;
/** How often a mouse tells where it is. */
const MOUSE_HZ = 120;

/** Runs within the page before its own scripts: when the first candles are on the canvas. */
function watchCanvas(): void {
  const page = globalThis as any;
  const { prototype } = page.CanvasRenderingContext2D;
  const plain = prototype.fillRect;
  let rectangles = 0;
  page.benchChart = { painted: null };
  prototype.fillRect = function fillRect(...args: unknown[]): void {
    plain.apply(this, args);
    rectangles += 1;
    // an empty chart fills its background; candles are hundreds of rectangles
    if (rectangles === 300) {
      prototype.fillRect = plain;
      // the frame is shown before the task after it
      page.setTimeout(() => (page.benchChart.painted = page.performance.now()), 0);
    }
  };
}

interface TraceEvent {
  name: string;
  ts: number;
}

/** Events of the browser's own trace while `work` goes on. */
async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  const categories = 'devtools.timeline,disabled-by-default-devtools.timeline.frame';
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories.split(',') },
  });
  await work();
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  return events;
}

/** Frames drawn a second while the chart is dragged to and fro. */
async function framesWhilePanning(session: CDPSession, page: Page): Promise<number> {
  const box = (await page.locator('.chart-canvas canvas').first().boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number) =>
    session.send('Input.dispatchMouseEvent', { type, x, y: middle.y, button: 'left', buttons: 1, clickCount: 1 });
  let elapsed = 0;
  const events = await traced(session, async () => {
    await mouse('mousePressed', middle.x);
    const started = performance.now();
    const sent: Promise<unknown>[] = [];
    for (let step = 1; elapsed < PAN_MS; step++) {
      sent.push(mouse('mouseMoved', middle.x + Math.sin(step / 20) * box.width * 0.4));
      await new Promise((next) => setTimeout(next, 1000 / MOUSE_HZ));
      elapsed = performance.now() - started;
    }
    await Promise.all(sent);
    elapsed = performance.now() - started;
    await mouse('mouseReleased', middle.x);
  });
  return events.filter(({ name }) => name === 'DrawFrame').length / (elapsed / 1000);
}

/** A chart of `CHART_BARS` bars that come in one answer, drawn for the first time and then dragged. */
export async function chart(browser: Browser, at: (path: string) => string, storageState: Storage): Promise<Chart> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.addInitScript(watchCanvas);
    // the page asks for a window of bars, and for more when somebody moves to the left: here they come at once
    await page.route(/\/api\/data\/bars/, (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('limit', String(CHART_BARS));
      return route.continue({ url: url.href });
    });
    await page.goto(at(`/data/series?${new URLSearchParams(CHART_SERIES).toString()}`));
    await page.getByText(`${CHART_BARS.toLocaleString('en-US')} bars loaded`).waitFor({ timeout: LONGEST_MS });
    // no predicate within the page: its content security policy evaluates no text
    while (await page.evaluate(() => (globalThis as any).benchChart.painted === null)) await page.waitForTimeout(50);
    const firstDrawMs = await page.evaluate(() => {
      const [bars] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/data/bars'));
      return (globalThis as any).benchChart.painted - (bars as any).responseEnd;
    });
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    const canvas = page.locator('.chart-canvas').first();
    await canvas.scrollIntoViewIfNeeded();
    const closeFps = await framesWhilePanning(session, page);
    await canvas.focus();
    for (let step = 0; step < 25; step++) await page.keyboard.press('-');
    const wholeFps = await framesWhilePanning(session, page);
    return { firstDrawMs, closeFps, wholeFps };
  } finally {
    await context.close();
  }
}
