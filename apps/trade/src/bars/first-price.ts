import type { Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';

/** A number of a stored bar and the instant at which it was the price. */
export interface BarPrice {
  price: number;
  atMs: number;
}

/** Opening of a bar: a daily bar is stamped at midnight and opens with its session. Null for a stamp outside the sessions. */
export function barOpenMs(calendar: SessionCalendar, timeframe: Timeframe, stampMs: number): number | null {
  if (timeframe !== '1d') return calendar.isOpen(stampMs) ? stampMs : null;
  const date = new Date(stampMs).toISOString().slice(0, 10);
  return calendar.isSession(date) ? calendar.sessionOpenMs(date) : null;
}

/**
 * The first price that the bars know at or after `fromMs`, as far as `nowMs` has seen it: the open of the first bar that opens then or
 * later. Where trading pauses before another bar opens (evening, lunch, early close) it is the last price before the pause. The open of a
 * bar that is running at `fromMs` is the past, however short ago, and never counts.
 */
export function firstPrice(
  bars: BarColumns,
  calendar: SessionCalendar,
  fromMs: number,
  nowMs: number,
): BarPrice | null {
  for (let i = 0; i < bars.open.length; i += 1) {
    const openMs = barOpenMs(calendar, bars.timeframe, bars.openTimeMs[i]!);
    if (openMs === null) continue;
    if (openMs > nowMs) return null;
    if (openMs >= fromMs) return { price: bars.open[i]!, atMs: openMs };
    const closeMs = calendar.barCloseMs(bars.openTimeMs[i]!, bars.timeframe);
    if (closeMs > fromMs && closeMs <= nowMs && !calendar.isOpen(closeMs)) {
      return { price: bars.close[i]!, atMs: closeMs };
    }
  }
  return null;
}

/** When the next bar of a complete series opens, at or after the instant. */
export function nextBarOpenMs(calendar: SessionCalendar, timeframe: Timeframe, fromMs: number): number {
  const date = calendar.localDate(fromMs);
  if (calendar.isSession(date)) {
    const opens = timeframe === '1d' ? [calendar.sessionOpenMs(date)] : calendar.barOpens(date, timeframe);
    const open = opens.find((ms) => ms >= fromMs);
    if (open !== undefined) return open;
  }
  return calendar.nextOpenMs(fromMs - 1);
}
