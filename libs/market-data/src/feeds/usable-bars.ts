import { sliceBars, type BarColumns } from '@assay/domain';
import { refuse } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import { clipToRange } from '../files';
import { closedCount } from '../imports';
import { pickBars } from './join-bars';

/**
 * What is stored of the bars that a feed gave: closed ones, within sessions, their prices held to their range where rounding moved them.
 * @throws DomainError `unavailable` for a bar without prices
 */
export function usableBars(
  bars: BarColumns,
  calendar: SessionCalendar,
  nowMs: number,
): { bars: BarColumns; outside: number } {
  const { timeframe, openTimeMs } = bars;
  const [begin] = calendar.coverage;
  const isInside = (timeMs: number): boolean => {
    const date = timeframe === '1d' ? dateOfUtc(timeMs) : calendar.tradingDate(timeMs);
    if (date < begin) return true;
    return timeframe === '1d' ? calendar.isSession(date) : calendar.isOpen(timeMs);
  };
  const places = Array.from(openTimeMs.keys()).filter((at) => isInside(openTimeMs[at]));
  const inside = places.length === openTimeMs.length ? bars : pickBars(bars, places);
  const closed = sliceBars(inside, 0, closedCount(inside, calendar, nowMs));
  const prices = [closed.open, closed.high, closed.low, closed.close];
  const wrong = closed.openTimeMs.findIndex((_, i) =>
    prices.some((column) => !(column[i] > 0 && column[i] < Infinity)),
  );
  if (wrong >= 0) {
    const at = new Date(closed.openTimeMs[wrong]).toISOString();
    const shown = prices.map((column) => column[wrong]).join(', ');
    throw refuse('unavailable', `open, high, low and close of the bar of ${at} must be greater than 0, were ${shown}`);
  }
  clipToRange(closed);
  return { bars: closed, outside: openTimeMs.length - places.length };
}
