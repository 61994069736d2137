const FIRST_MS = 200;
const MAX_MS = 30_000;

/** 200 ms, doubled per attempt, at most 30 s. */
export const backOffMs = (attempt: number): number => Math.min(FIRST_MS * 2 ** (attempt - 1), MAX_MS);

/** Waits, or returns early when `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
