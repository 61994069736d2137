import { type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc, WEEKDAYS, weekday } from '@assay/calendars';
import { pickBars } from '../feeds/join-bars';

const MOST_LISTED = 20;

/** Places of daily bars on dates without a session; none of other bars. Before the calendar's tables only weekends count. */
export function placesOutside({ timeframe, openTimeMs }: BarColumns, calendar: SessionCalendar): number[] {
  if (timeframe !== '1d') return [];
  const [begin] = calendar.coverage;
  const isSession = (date: string): boolean =>
    date >= begin ? calendar.isSession(date) : calendar.market === 'CRYPTO' || weekday(date) % 6 !== 0;
  return [...openTimeMs.keys()].filter((i) => !isSession(dateOfUtc(openTimeMs[i])));
}

/**
 * Refuses daily bars on dates without a session: nearly always dates that a wrong zone moved by a day, and every later
 * step would believe them.
 */
export function requireSessions(bars: BarColumns, lines: Int32Array, calendar: SessionCalendar): void {
  const places = placesOutside(bars, calendar);
  if (places.length === 0) return;
  const outside = places.map((i) => ({ date: dateOfUtc(bars.openTimeMs[i]), line: lines[i] }));
  const listed = outside
    .slice(0, MOST_LISTED)
    .map(({ date, line }) => `${date} (${WEEKDAYS[weekday(date)]}, line ${line})`);
  const more = outside.length > MOST_LISTED ? ` and ${outside.length - MOST_LISTED} more` : '';
  const message =
    `daily bars must lie on sessions of the market ${calendar.market}, ${outside.length} of ${bars.openTimeMs.length} do not: ` +
    `${listed.join(', ')}${more}; mend their dates, the zone or the market, or state outside_sessions drop or keep`;
  throw invalid([
    { field: 'content', rule: 'session_dates', value: outside.map(({ date }) => date).slice(0, MOST_LISTED), message },
  ]);
}

/** What an import reads of a file, bar by bar. */
interface Rows {
  bars: BarColumns;
  adjFactor: Float64Array | null;
  /** Of the file. */
  lines: Int32Array;
}

/** Without the daily bars on dates that have no session. @throws DomainError where none would be left */
export function dropOutside(rows: Rows, calendar: SessionCalendar): Rows & { dropped: string[] } {
  const { bars, adjFactor, lines } = rows;
  const outside = new Set(placesOutside(bars, calendar));
  if (outside.size === 0) return { ...rows, dropped: [] };
  if (outside.size === lines.length) requireSessions(bars, lines, calendar);
  const kept = [...bars.openTimeMs.keys()].filter((i) => !outside.has(i));
  return {
    bars: pickBars(bars, kept),
    adjFactor: adjFactor && Float64Array.from(kept, (i) => adjFactor[i]),
    lines: Int32Array.from(kept, (i) => lines[i]),
    dropped: Array.from(outside, (i) => dateOfUtc(bars.openTimeMs[i])),
  };
}
