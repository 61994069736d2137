import type { BarColumns, Calendar } from '@assay/domain';
import { sliceBars } from '@assay/domain';

/** The leading bars that have closed by the instant; what comes after them can still change, so nobody decides on it. */
export function closedBars(bars: BarColumns, calendar: Calendar, nowMs: number): BarColumns {
  let to = bars.close.length;
  while (to > 0 && calendar.barCloseMs(bars.openTimeMs[to - 1]!, bars.timeframe) > nowMs) to -= 1;
  return to === bars.close.length ? bars : sliceBars(bars, 0, to);
}

/** What is said where stored bars are left out because they have not closed; null where none are. */
export function unclosedMessage(stored: BarColumns, closed: BarColumns, calendar: Calendar): string | null {
  const left = stored.close.length - closed.close.length;
  if (left === 0) return null;
  const openMs = stored.openTimeMs[closed.close.length]!;
  const closeMs = calendar.barCloseMs(openMs, stored.timeframe);
  const bars = left === 1 ? 'the bar' : `${left} bars, the first`;
  return (
    `${bars} of ${stored.symbol} that opened at ${new Date(openMs).toISOString()} ${left === 1 ? 'is' : 'are'} left out: ` +
    `it closes at ${new Date(closeMs).toISOString()}; import it again after that`
  );
}
