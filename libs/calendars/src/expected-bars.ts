import { isDated, type Timeframe } from '@assay/contracts';
import { dateOfUtc } from './civil-date';
import type { SessionCalendar } from './session-calendar';

/**
 * Tells of each bar that a complete series has between the first and the last of rising open times, oldest first, whether it is among
 * them. Sessions before the tables of the calendar are passed over.
 */
export function forExpectedBars(
  openTimeMs: Float64Array,
  calendar: SessionCalendar,
  timeframe: Timeframe,
  tell: (openMs: number, isThere: boolean) => void,
): void {
  if (openTimeMs.length === 0) return;
  const [first, last] = [openTimeMs[0], openTimeMs[openTimeMs.length - 1]];
  const dateOf = (ms: number): string => (isDated(timeframe) ? dateOfUtc(ms) : calendar.tradingDate(ms));
  const [begin] = calendar.coverage;
  const from = dateOf(first) < begin ? begin : dateOf(first);
  let at = 0;
  for (const date of calendar.sessions(from, dateOf(last))) {
    for (const openMs of calendar.barOpens(date, timeframe)) {
      if (openMs < first || openMs > last) continue;
      while (openTimeMs[at] < openMs) at += 1;
      tell(openMs, openTimeMs[at] === openMs);
    }
  }
}
