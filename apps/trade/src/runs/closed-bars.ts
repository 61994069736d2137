import type { BarColumns } from '@assay/domain';
import { sliceBars } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';
import { sessionCloseMs } from '../bars/bar-over';

/**
 * The leading bars up to the newest one that has closed by the instant; what comes after it can still change, or lies outside of the
 * sessions with none after it, so nobody decides on it.
 */
export function closedBars(bars: BarColumns, calendar: SessionCalendar, nowMs: number): BarColumns {
  let to = bars.close.length;
  while (to > 0 && !((sessionCloseMs(calendar, bars.openTimeMs[to - 1]!, bars.timeframe) ?? Infinity) <= nowMs))
    to -= 1;
  return to === bars.close.length ? bars : sliceBars(bars, 0, to);
}

/** What is said where stored bars are left out because they have not closed; null where none are. */
export function unclosedMessage(stored: BarColumns, closed: BarColumns, calendar: SessionCalendar): string | null {
  const left = leftOut(stored, closed, calendar).filter(({ closeMs }) => closeMs !== null);
  if (left.length === 0) return null;
  const { openMs, closeMs } = left[0]!;
  const bars = left.length === 1 ? 'the bar' : `${left.length} bars, the first`;
  return (
    `${bars} of ${stored.symbol} that opened at ${iso(openMs)} ${left.length === 1 ? 'is' : 'are'} left out: ` +
    `it closes at ${iso(closeMs!)}; import it again after that`
  );
}

/** What is said where the newest stored bars lie outside of the sessions; null where they do not. */
export function outsideMessage(stored: BarColumns, closed: BarColumns, calendar: SessionCalendar): string | null {
  const outside = leftOut(stored, closed, calendar).filter(({ closeMs }) => closeMs === null);
  if (outside.length === 0) return null;
  const bars = outside.length === 1 ? 'the bar' : `${outside.length} bars, the first`;
  return (
    `${bars} of ${stored.symbol} stamped ${iso(outside[0]!.openMs)} ${outside.length === 1 ? 'lies' : 'lie'} outside of the sessions of ` +
    `the market ${calendar.market}: nothing is decided on it`
  );
}

const leftOut = (stored: BarColumns, closed: BarColumns, calendar: SessionCalendar) =>
  [...stored.openTimeMs.subarray(closed.close.length)].map((openMs) => ({
    openMs,
    closeMs: sessionCloseMs(calendar, openMs, stored.timeframe),
  }));

const iso = (ms: number): string => new Date(ms).toISOString();
