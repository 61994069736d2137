import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { MINUTE_MS } from '@assay/primitives';

/** When a bar is complete, by its opening. */
export type CloseMs = (openTimeMs: number) => number;

/** A bar is complete when its time is over: a daily one at the end of its date in UTC. */
export const plainCloseMs =
  (timeframe: Timeframe): CloseMs =>
  (openTimeMs) =>
    openTimeMs + TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;

/** How many leading bars are closed at `nowMs`; only the last bars are looked at. */
export function closedBefore(openTimeMs: Float64Array, closeMs: CloseMs, nowMs: number): number {
  let count = openTimeMs.length;
  while (count > 0 && closeMs(openTimeMs[count - 1]) > nowMs) count -= 1;
  return count;
}
