import { sliceBars, type BarColumns, type Calendar } from '@assay/domain';

/** The part of a `Calendar` that says when a bar is complete. */
export type BarCloses = Pick<Calendar, 'barCloseMs'>;

/** How many leading bars are closed at `nowMs`; a bar is closed from its close on. */
export function closedBarCount(bars: BarColumns, calendar: BarCloses, nowMs: number): number {
  let low = 0;
  let high = bars.openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calendar.barCloseMs(bars.openTimeMs[middle], bars.timeframe) <= nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a clock that shows `nowMs` may see of a recorded series: its closed bars, as views. */
export function visibleBars(bars: BarColumns, calendar: BarCloses, nowMs: number): BarColumns {
  return sliceBars(bars, 0, closedBarCount(bars, calendar, nowMs));
}

/** The open price of the bar in progress at `nowMs`: known from the session's open on, unlike the rest of that bar. */
export function visibleOpen(
  bars: BarColumns,
  calendar: Pick<Calendar, 'barCloseMs' | 'barOpenMs'>,
  nowMs: number,
): { openTimeMs: number; tradingFromMs: number; open: number } | null {
  const next = closedBarCount(bars, calendar, nowMs);
  if (next >= bars.openTimeMs.length) return null;
  const openTimeMs = bars.openTimeMs[next];
  const tradingFromMs = calendar.barOpenMs(openTimeMs, bars.timeframe) ?? openTimeMs;
  return tradingFromMs <= nowMs ? { openTimeMs, tradingFromMs, open: bars.open[next] } : null;
}
