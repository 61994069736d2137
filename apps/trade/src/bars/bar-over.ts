import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import type { SessionCalendar } from '@assay/market-data/calendars';
import { DAY_MS, MINUTE_MS } from '@assay/primitives';

/** Close of a stored bar by the calendar; null for one that an import kept outside of the sessions, or that is older than the calendar. */
export function sessionCloseMs(calendar: SessionCalendar, stampMs: number, timeframe: Timeframe): number | null {
  if (stampMs < Date.parse(calendar.coverage[0]) + DAY_MS) return null;
  return calendar.barOpenMs(stampMs, timeframe) === null ? null : calendar.barCloseMs(stampMs, timeframe);
}

/** When a stored bar is over: at its close, or, outside of the sessions, when its own length has gone by. */
export const barOverMs = (calendar: SessionCalendar, stampMs: number, timeframe: Timeframe): number =>
  sessionCloseMs(calendar, stampMs, timeframe) ?? stampMs + TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
