import type { Timeframe } from '@assay/contracts';
import type { SessionCalendar } from '../calendars';
import { addDays } from '@assay/calendars';

export interface ExpectedBar {
  openMs: number;
  closeMs: number;
}

export interface Freshness {
  /** Open time of the newest stored bar, UTC milliseconds; null without one. */
  lastBarMs: number | null;
  /** The newest bar that has closed by the calendar; null where no session was within two weeks. */
  expected: ExpectedBar | null;
  /** Whether the newest bar that the feed should have is stored. */
  isFresh: boolean;
  /** How long that bar has been missing; 0 where it is there. */
  lateByMs: number;
}

/** No market is closed for longer. */
const LONGEST_CLOSURE_DAYS = 14;

/** The newest bar that has closed at the instant, by the calendar; null within two weeks of no session. */
export function expectedBar(calendar: SessionCalendar, timeframe: Timeframe, nowMs: number): ExpectedBar | null {
  const today = calendar.tradingDate(nowMs);
  // a bar that opens today in UTC may be of tomorrow in the market, never the other way round by more than a day
  for (let back = -1; back <= LONGEST_CLOSURE_DAYS; back += 1) {
    const date = addDays(today, -back);
    if (!calendar.isSession(date)) continue;
    const opens = calendar.barOpens(date, timeframe);
    for (let i = opens.length - 1; i >= 0; i -= 1) {
      const closeMs = calendar.barCloseMs(opens[i], timeframe);
      if (closeMs <= nowMs) return { openMs: opens[i], closeMs };
    }
  }
  return null;
}

/** How fresh a series is, `delayMs` after each close. */
export function freshnessOf(
  calendar: SessionCalendar,
  timeframe: Timeframe,
  { lastBarMs, delayMs, nowMs }: { lastBarMs: number | null; delayMs: number; nowMs: number },
): Freshness {
  const expected = expectedBar(calendar, timeframe, nowMs);
  const due = expectedBar(calendar, timeframe, nowMs - delayMs);
  const isFresh = due === null || (lastBarMs !== null && lastBarMs >= due.openMs);
  return { lastBarMs, expected, isFresh, lateByMs: isFresh ? 0 : nowMs - delayMs - due.closeMs };
}
