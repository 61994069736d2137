import { setTimeout as sleep } from 'node:timers/promises';
/** Repeats `probe` until it gives something truthy and returns that. The limit is a safety net, not an expectation of speed. */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = 30_000,
): Promise<Exclude<Awaited<T>, undefined | null | false>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value) return value as Exclude<Awaited<T>, undefined | null | false>;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${limitMs} ms`);
    await sleep(20);
  }
}
