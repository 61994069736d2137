import { StartFault } from './start-fault.mjs';

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
/** A process that lived so long has recovered: the next end begins with the shortest wait again. */
const STABLE_MS = 30_000;

/** Half a second, doubled per failure, at most 30 s. */
export const waitMs = (failures) => Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20), MAX_WAIT_MS);

/** Waits, or returns early when `signal` is aborted. */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Keeps one process running. Before it has been ready once, `limit` ends or a StartFault end the attempt; from then on it is started
 * again for ever, with back-off up to 30 s, and every end, every wait and every recovery is said.
 *
 * @param name   as said
 * @param start  starts it; resolves when it is ready with `{ ended }`, a promise of `{ code, signal }`; rejects with the reason
 * @param before awaited before each start, e.g. until the database is there
 * @param say    (level, text): 30 good news, 40 trouble
 * @param signal aborted: it is not started any more. Ending the process is the caller's part
 * @param limit  failed starts before the first success that are too many
 * @returns resolves when it is ready for the first time; rejects with StartFault when it never will be
 */
export function supervise({ name, start, before = () => Promise.resolve(), say, signal, limit = 5 }) {
  return new Promise((resolve, reject) => {
    const watch = async () => {
      let failures = 0;
      let wasReady = false;
      let awaySince = Date.now();
      while (!signal.aborted) {
        let reason;
        try {
          await before();
          if (signal.aborted) return;
          const { ended } = await start();
          if (wasReady) say(30, `${name} runs again, ${seconds(Date.now() - awaySince)} after its end`);
          wasReady = true;
          resolve();
          const readyAt = Date.now();
          const end = await ended;
          awaySince = Date.now();
          if (awaySince - readyAt > STABLE_MS) failures = 0;
          reason = `ended unasked (${end.signal ?? `code ${end.code}`})`;
        } catch (error) {
          reason = error.message;
          if (!wasReady && error instanceof StartFault) return reject(error);
        }
        if (signal.aborted) return;
        failures += 1;
        if (!wasReady && failures >= limit) {
          return reject(new StartFault(`${name} ${reason}; given up after ${limit} starts`));
        }
        const wait = waitMs(failures);
        say(40, `${name} ${reason}; it is started again in ${seconds(wait)} (try ${failures})`);
        await pause(wait, signal);
      }
    };
    void watch().then(() => reject(new Error(`the start of ${name} was given up`)), reject);
  });
}
