import { isDated, type Timeframe } from '@assay/contracts';
import { utcMidnight } from './civil-date';
import type { SessionCalendar } from './session-calendar';

/**
 * The market's own date of each bar, as midnight of that date in UTC: a dated bar has it in its stamp, an intraday one has the date
 * of the session that it opens in.
 */
export function marketDates(openTimeMs: Float64Array, timeframe: Timeframe, calendar: SessionCalendar): Float64Array {
  return isDated(timeframe) ? openTimeMs.slice() : openTimeMs.map((ms) => utcMidnight(calendar.tradingDate(ms)));
}
