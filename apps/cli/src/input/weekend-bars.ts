import { DAY_MS } from '@assay/primitives';
import { dateOfUtc, WEEKDAYS } from '@assay/market-data/calendars';
import type { ParsedBars } from '@assay/market-data/files';

const MOST_LISTED = 5;

/** Whether at least half of the days between the first and the last bar have one, whichever day of the week it is. */
function tradesDaily(perDay: readonly number[], firstMs: number, lastMs: number): boolean {
  const there = WEEKDAYS.map(() => 0);
  for (let ms = firstMs; ms <= lastMs; ms += DAY_MS) there[new Date(ms).getUTCDay()] += 1;
  return perDay.every((count, day) => count * 2 >= there[day]);
}

/** Held here: an imported name is asked of its module for each bar. */
const DAY = DAY_MS;
/** 0 is Sunday, as dates have it; 1970-01-01 was a Thursday. */
const dayOfWeek = (ms: number): number => (((Math.floor(ms / DAY) + 4) % 7) + 7) % 7;

/**
 * Daily bars on weekends in a file of a market that does not trade on every day of the week: nearly always dates that a
 * wrong zone moved by a day. Null where there are none.
 */
export function weekendWarning(
  { bars: { openTimeMs, timeframe }, lines, present }: Pick<ParsedBars, 'bars' | 'lines' | 'present'>,
  zone: string | undefined,
): { code: 'outside_session'; message: string } | null {
  if (timeframe !== '1d' || !present.has('date')) return null;
  const perDay = WEEKDAYS.map(() => 0);
  const weekend: number[] = [];
  for (let bar = 0; bar < openTimeMs.length; bar++) {
    const day = dayOfWeek(openTimeMs[bar]);
    perDay[day] += 1;
    if (day % 6 === 0) weekend.push(bar);
  }
  if (weekend.length === 0 || tradesDaily(perDay, openTimeMs[0], openTimeMs[openTimeMs.length - 1])) return null;
  const listed = weekend.slice(0, MOST_LISTED).map((bar) => {
    const time = openTimeMs[bar];
    return `${dateOfUtc(time)} (${WEEKDAYS[new Date(time).getUTCDay()]}, line ${lines[bar]})`;
  });
  const more = weekend.length > MOST_LISTED ? ` and ${weekend.length - MOST_LISTED} more` : '';
  const hint =
    zone === undefined
      ? '; where they come a day early, state the zone of the market by --zone, such as --zone Asia/Hong_Kong'
      : '';
  const message = `${weekend.length} of ${openTimeMs.length} daily bars lie on a weekend: ${listed.join(', ')}${more}${hint}`;
  return { code: 'outside_session', message };
}
