import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 200;
const MAX_MS = 30_000;

/** 200 ms, doubled per attempt, at most 30 s. */
export const backOffMs = (attempt: number): number => Math.min(FIRST_MS * 2 ** (attempt - 1), MAX_MS);

/** Waits, or returns early when `signal` is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
