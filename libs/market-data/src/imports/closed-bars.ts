import type { BarColumns } from '@assay/domain';
import { MINUTE_MS } from '@assay/primitives';
import { TIMEFRAME_MINUTES, type SessionCalendar } from '../calendars';
import { dateOfUtc } from '../calendars/civil-date';

/** When a bar is complete, also one outside of sessions or before the tables: a daily one then with its UTC date. */
function closeMs(calendar: SessionCalendar, openTimeMs: number, { timeframe }: BarColumns): number {
  const known = calendar.localDate(openTimeMs) >= calendar.coverage[0] && dateOfUtc(openTimeMs) >= calendar.coverage[0];
  const inside = (): boolean =>
    known && (timeframe === '1d' ? calendar.isSession(dateOfUtc(openTimeMs)) : calendar.isOpen(openTimeMs));
  return inside() ? calendar.barCloseMs(openTimeMs, timeframe) : openTimeMs + TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
}

/** How many leading bars are closed at `nowMs`; only the last bars are looked at. */
export function closedCount(bars: BarColumns, calendar: SessionCalendar, nowMs: number): number {
  let count = bars.openTimeMs.length;
  while (count > 0 && closeMs(calendar, bars.openTimeMs[count - 1], bars) > nowMs) count -= 1;
  return count;
}
