import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '../calendars';
import { percent, sampleOf, stamp, type Graded } from './finding';

/** Order of the bars, bars where the market was closed, sessions and bars that are not there. */
export function sessionChecks(bars: BarColumns, calendar: SessionCalendar): Graded[] {
  const times = bars.openTimeMs;
  if (times.length === 0) return [];
  const found: Graded[] = [];
  const falling: string[] = [];
  for (let i = 1; i < times.length; i += 1) if (!(times[i] > times[i - 1])) falling.push(stamp(times[i]));
  if (falling.length > 0) {
    const message = `${falling.length} bars do not open after the bar before them`;
    return [{ severity: 'error', code: 'not_rising', ...counted(falling, times.length), message }];
  }
  const daily = bars.timeframe === '1d';
  const dateOf = (timeMs: number): string => (daily ? stamp(timeMs).slice(0, 10) : calendar.localDate(timeMs));
  const [first, last] = [dateOf(times[0]), dateOf(times[times.length - 1])];
  if (!calendar.covers(first) || !calendar.covers(last)) {
    const message = `sessions were not compared: the calendar knows ${calendar.coverage.join(' to ')}`;
    found.push({
      severity: 'warning',
      code: 'calendar_not_covered',
      count: 0,
      share: 0,
      sample: [first, last],
      message,
    });
    return found;
  }
  const seen = new Set<string>();
  const outside: string[] = [];
  for (const time of times) {
    const date = dateOf(time);
    const inside = daily ? calendar.isSession(date) : calendar.isOpen(time);
    if (inside) seen.add(date);
    else outside.push(stamp(time));
  }
  if (outside.length > 0) {
    const message = `${outside.length} bars lie where the market was closed, first ${outside[0]}`;
    found.push({ severity: 'error', code: 'outside_session', ...counted(outside, times.length), message });
  }
  const sessions = calendar.sessions(first, last);
  const missing = sessions.filter((date) => !seen.has(date));
  if (missing.length > 0) {
    const counts = counted(missing, sessions.length);
    const facts = { longest_gap_sessions: longestRun(sessions, seen) };
    const message = `${missing.length} of ${sessions.length} sessions have no bar (${percent(counts.share)}), first ${missing[0]}`;
    found.push({ severity: 'warning', code: 'missing_sessions', ...counts, facts, message });
  }
  if (!daily) found.push(...missingBars(bars, calendar, sessions, seen));
  return found;
}

function missingBars(
  bars: BarColumns,
  calendar: SessionCalendar,
  sessions: readonly string[],
  seen: ReadonlySet<string>,
): Graded[] {
  const have = new Set(bars.openTimeMs);
  const [first, last] = [bars.openTimeMs[0], bars.openTimeMs[bars.openTimeMs.length - 1]];
  const missing: string[] = [];
  let expected = 0;
  for (const date of sessions) {
    if (!seen.has(date)) continue;
    for (const open of calendar.barOpens(date, bars.timeframe)) {
      if (open < first || open > last) continue;
      expected += 1;
      if (!have.has(open)) missing.push(stamp(open));
    }
  }
  if (missing.length === 0) return [];
  const message = `${missing.length} of ${expected} bars inside sessions are missing, first ${missing[0]}`;
  return [{ severity: 'warning', code: 'missing_bars', ...counted(missing, expected), message }];
}

function longestRun(sessions: readonly string[], seen: ReadonlySet<string>): number {
  let longest = 0;
  let run = 0;
  for (const date of sessions) {
    run = seen.has(date) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function counted(times: readonly string[], of: number): { count: number; share: number; sample: string[] } {
  return { count: times.length, share: times.length / of, sample: sampleOf(times) };
}
