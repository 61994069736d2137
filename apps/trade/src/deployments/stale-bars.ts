import { calendarFor } from '@assay/market-data/calendars';
import { DAY_MS, HOUR_MS } from '@assay/primitives';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import type { StaleBarsDto } from './deployment.response';

/** A second bar may be so late before its absence is one: feeds and files come after a close. */
const LATE_MS = HOUR_MS;

/**
 * That a deployment which trades in our time has had no new bar for so long that two should have closed by the calendar of its market: a
 * weekend or a holiday is no such time. Null where bars come, for a replay, and for what does not run.
 */
export function staleBars(
  { market, timeframe, status }: Pick<DeploymentEntity, 'market' | 'timeframe' | 'status'>,
  newestBar: Date | null,
  nowMs: number,
): StaleBarsDto | null {
  if (status !== 'active' || newestBar === null) return null;
  const calendar = calendarFor(market);
  // a bar that was kept outside of the sessions is over when it is; one from before the calendar, when that begins
  const openMs = Math.max(newestBar.getTime(), Date.parse(calendar.coverage[0]) + DAY_MS);
  const closeMs = calendar.barOpenMs(openMs, timeframe) === null ? openMs : calendar.barCloseMs(openMs, timeframe);
  const second = calendar.nextBarCloseMs(calendar.nextBarCloseMs(closeMs, timeframe), timeframe);
  if (second + LATE_MS > nowMs) return null;
  const expectedMs = lastBarCloseMs(calendar, timeframe, nowMs) ?? second;
  return { newest_bar: newestBar.toISOString(), expected_close: new Date(expectedMs).toISOString() };
}
