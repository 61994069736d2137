import { isDated } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';

/**
 * Open times of the bars that lie on no session of the market, oldest first. All of them must be in the tables of the calendar or after.
 * Intraday bars are met with the sessions in one pass: a time zone is asked once a session, not once a bar.
 */
export function outsideSessions(
  { openTimeMs, timeframe }: Pick<BarColumns, 'openTimeMs' | 'timeframe'>,
  calendar: SessionCalendar,
): number[] {
  if (openTimeMs.length === 0) return [];
  if (isDated(timeframe)) return [...openTimeMs].filter((stamp) => calendar.barOpenMs(stamp, timeframe) === null);
  const [first, last] = [calendar.tradingDate(openTimeMs[0]!), calendar.tradingDate(openTimeMs.at(-1)!)];
  const outside: number[] = [];
  let bar = 0;
  for (const date of calendar.sessions(first, last)) {
    for (const { openMs, closeMs } of calendar.stretchesOf(date)) {
      for (; bar < openTimeMs.length && openTimeMs[bar]! < openMs; bar += 1) outside.push(openTimeMs[bar]!);
      while (bar < openTimeMs.length && openTimeMs[bar]! < closeMs) bar += 1;
    }
  }
  return [...outside, ...openTimeMs.subarray(bar)];
}
