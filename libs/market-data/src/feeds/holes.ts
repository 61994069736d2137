import type { Timeframe } from '@assay/contracts';
import { dateOfUtc } from '../calendars/civil-date';
import type { SessionCalendar } from '../calendars';

/** Bars that open in [fromMs, toMs) are missing. */
export interface Hole {
  fromMs: number;
  toMs: number;
}

/** Runs of bars that the calendar has between the first and the last of the open times, and the series has not; oldest first. */
export function holesOf(openTimeMs: Float64Array, calendar: SessionCalendar, timeframe: Timeframe): Hole[] {
  const n = openTimeMs.length;
  if (n < 2) return [];
  const [first, last] = [openTimeMs[0], openTimeMs[n - 1]];
  const dateOf = (ms: number): string => (timeframe === '1d' ? dateOfUtc(ms) : calendar.tradingDate(ms));
  const [begin] = calendar.coverage;
  const from = dateOf(first) < begin ? begin : dateOf(first);
  const holes: Hole[] = [];
  let at = 0;
  let isOpen = false;
  for (const date of calendar.sessions(from, dateOf(last))) {
    for (const open of calendar.barOpens(date, timeframe)) {
      while (at < n && openTimeMs[at] < open) at += 1;
      const isMissing = open > first && open < last && openTimeMs[at] !== open;
      if (isMissing && isOpen) holes[holes.length - 1].toMs = open + 1;
      else if (isMissing) holes.push({ fromMs: open, toMs: open + 1 });
      isOpen = isMissing;
    }
  }
  return holes;
}
