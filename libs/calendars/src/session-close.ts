import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { MINUTE_MS } from '@assay/primitives';
import { dateOfUtc } from './civil-date';
import type { SessionCalendar } from './session-calendar';

/** When a bar is complete by its session; one outside of sessions or before the tables when its time is over. */
export function sessionCloseMs(calendar: SessionCalendar, timeframe: Timeframe): (openTimeMs: number) => number {
  const [begin] = calendar.coverage;
  const inside = (openTimeMs: number): boolean =>
    calendar.tradingDate(openTimeMs) >= begin &&
    dateOfUtc(openTimeMs) >= begin &&
    calendar.barOpenMs(openTimeMs, timeframe) !== null;
  return (openTimeMs) =>
    inside(openTimeMs)
      ? calendar.barCloseMs(openTimeMs, timeframe)
      : openTimeMs + TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
}
