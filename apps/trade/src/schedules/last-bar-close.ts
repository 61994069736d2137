import { isDated, type Timeframe } from '@assay/contracts';
import type { Calendar } from '@assay/domain';
import { DAY_MS, HOUR_MS } from '@assay/primitives';

/** Spans looked back over, shortest first, so that fine timeframes are not stepped through from days ago. */
const SPANS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 5 * DAY_MS, 13 * DAY_MS];
const LONG_SPANS_MS = { '1d': SPANS_MS.slice(3), '1w': [13 * DAY_MS, 27 * DAY_MS], '1M': [45 * DAY_MS] };

/** The newest bar close at or before the instant, from the calendar alone; null within 13 days of no session, 45 of months. */
export function lastBarCloseMs(calendar: Calendar, timeframe: Timeframe, nowMs: number): number | null {
  for (const span of isDated(timeframe) ? LONG_SPANS_MS[timeframe] : SPANS_MS) {
    let last: number | null = null;
    for (let close = calendar.nextBarCloseMs(nowMs - span, timeframe); close <= nowMs;) {
      last = close;
      close = calendar.nextBarCloseMs(close, timeframe);
    }
    if (last !== null) return last;
  }
  return null;
}
