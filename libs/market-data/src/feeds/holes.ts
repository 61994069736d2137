import type { Timeframe } from '@assay/contracts';
import type { SessionCalendar } from '../calendars';
import { forExpectedBars } from '@assay/calendars';

/** Bars that open in [fromMs, toMs) are missing. */
export interface Hole {
  fromMs: number;
  toMs: number;
}

/** Runs of bars that the calendar has between the first and the last of the open times, and the series has not; oldest first. */
export function holesOf(openTimeMs: Float64Array, calendar: SessionCalendar, timeframe: Timeframe): Hole[] {
  const holes: Hole[] = [];
  let isOpen = false;
  forExpectedBars(openTimeMs, calendar, timeframe, (openMs, isThere) => {
    if (!isThere && isOpen) holes[holes.length - 1].toMs = openMs + 1;
    else if (!isThere) holes.push({ fromMs: openMs, toMs: openMs + 1 });
    isOpen = !isThere;
  });
  return holes;
}
