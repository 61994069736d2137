import { type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc, WEEKDAYS, weekday } from '@assay/calendars';

const MOST_LISTED = 20;

/**
 * Refuses daily bars on dates without a session: nearly always dates that a wrong zone moved by a day, and every later
 * step would believe them. Before the calendar's tables only weekends count.
 */
export function requireSessions(bars: BarColumns, lines: Int32Array, calendar: SessionCalendar): void {
  if (bars.timeframe !== '1d') return;
  const [begin] = calendar.coverage;
  const isSession = (date: string): boolean =>
    date >= begin ? calendar.isSession(date) : calendar.market === 'CRYPTO' || weekday(date) % 6 !== 0;
  const outside: { date: string; line: number }[] = [];
  bars.openTimeMs.forEach((time, i) => {
    const date = dateOfUtc(time);
    if (!isSession(date)) outside.push({ date, line: lines[i] });
  });
  if (outside.length === 0) return;
  const listed = outside
    .slice(0, MOST_LISTED)
    .map(({ date, line }) => `${date} (${WEEKDAYS[weekday(date)]}, line ${line})`);
  const more = outside.length > MOST_LISTED ? ` and ${outside.length - MOST_LISTED} more` : '';
  const message =
    `daily bars must lie on sessions of the market ${calendar.market}, ${outside.length} of ${bars.openTimeMs.length} do not: ` +
    `${listed.join(', ')}${more}; mend their dates, the zone or the market, or state outside_sessions keep`;
  throw invalid([
    { field: 'content', rule: 'session_dates', value: outside.map(({ date }) => date).slice(0, MOST_LISTED), message },
  ]);
}
