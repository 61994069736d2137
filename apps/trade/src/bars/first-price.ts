import { sliceBars, type BarColumns } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';

/** A number of a stored bar and the instant at which it was the price. */
export interface BarPrice {
  price: number;
  atMs: number;
}

/** The leading bars that had opened by the instant; a stamp outside the sessions counts as it is. */
export function openedBars(bars: BarColumns, calendar: SessionCalendar, nowMs: number): BarColumns {
  const openMs = (i: number): number => calendar.barOpenMs(bars.openTimeMs[i]!, bars.timeframe) ?? bars.openTimeMs[i]!;
  let count = bars.open.length;
  while (count > 0 && openMs(count - 1) > nowMs) count -= 1;
  return count === bars.open.length ? bars : sliceBars(bars, 0, count);
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
    const openMs = calendar.barOpenMs(bars.openTimeMs[i]!, bars.timeframe);
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

/** The newest open or close of the bars that the instant could have seen; null without one. */
export function lastPrice(bars: BarColumns, calendar: SessionCalendar, nowMs: number): BarPrice | null {
  for (let i = bars.open.length - 1; i >= 0; i -= 1) {
    const openMs = calendar.barOpenMs(bars.openTimeMs[i]!, bars.timeframe);
    if (openMs === null) continue;
    const closeMs = calendar.barCloseMs(bars.openTimeMs[i]!, bars.timeframe);
    if (closeMs <= nowMs) return { price: bars.close[i]!, atMs: closeMs };
    if (openMs <= nowMs) return { price: bars.open[i]!, atMs: openMs };
  }
  return null;
}

/** When the first of the bars opens that opens at the instant or later; null where none does. */
export function firstOpenMs(bars: BarColumns, calendar: SessionCalendar, fromMs: number): number | null {
  for (const stampMs of bars.openTimeMs) {
    const openMs = calendar.barOpenMs(stampMs, bars.timeframe);
    if (openMs !== null && openMs >= fromMs) return openMs;
  }
  return null;
}
