import { setTimeout as sleep } from 'node:timers/promises';

const SOON_MS = 20;
const SELDOM_MS = 100;

/**
 * Repeats `probe` until it gives something truthy and returns that. The limit is a safety net, not an expectation of speed. It asks less
 * often the longer it waits: what it waits for needs the processor too.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = 30_000,
): Promise<Exclude<Awaited<T>, undefined | null | false>> {
  const begun = performance.now();
  for (;;) {
    const value = await probe();
    if (value) return value as Exclude<Awaited<T>, undefined | null | false>;
    const waited = performance.now() - begun;
    if (waited > limitMs) throw new Error(`${what} did not happen within ${limitMs} ms`);
    await sleep(Math.min(Math.max(waited / 10, SOON_MS), SELDOM_MS));
  }
}
