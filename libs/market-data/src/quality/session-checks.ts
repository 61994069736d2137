import { isDated, type Timeframe } from '@assay/contracts';
import { timeText } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '../calendars/civil-date';
import { coverageOf, missingOpens, type Coverage } from './coverage';
import { MOST_SAMPLED, percent, type Graded } from './finding';
import { zoneShiftHours } from './zone-shift';
import type { BarTimes } from './bar-windows';

/** Order of the bars, bars where the market was closed, sessions and bars that are not there. */
export function sessionChecks(bars: BarTimes, calendar: SessionCalendar): Graded[] {
  const times = bars.openTimeMs;
  if (times.length === 0) return [];
  const falling = indexes(times.length, (i) => i > 0 && !(times[i] > times[i - 1]));
  if (falling.length > 0) {
    const message = `${falling.length} bars do not open after the bar before them`;
    return [{ severity: 'error', code: 'not_rising', ...counted(falling, times), message }];
  }
  const dateOf = (timeMs: number): string =>
    isDated(bars.timeframe) ? dateOfUtc(timeMs) : calendar.tradingDate(timeMs);
  const [first, last] = [dateOf(times[0]), dateOf(times[times.length - 1])];
  if (!calendar.covers(first) || !calendar.covers(last)) {
    const message = `sessions were not compared: the calendar knows ${calendar.coverage.join(' to ')}`;
    const nothing = { count: 0, share: 0, sample: [first, last] };
    return [{ severity: 'warning', code: 'calendar_not_covered', ...nothing, message }];
  }
  const coverage = coverageOf(bars, calendar);
  return [
    ...outsideSessions(bars, calendar, coverage),
    ...missingSessions(coverage, bars.timeframe),
    ...missingBars(bars, calendar, coverage),
  ];
}

function outsideSessions(bars: BarTimes, calendar: SessionCalendar, { outside }: Coverage): Graded[] {
  if (outside.length === 0) return [];
  const counts = counted(outside, bars.openTimeMs);
  const hours = zoneShiftHours(bars, calendar);
  const signed = hours !== null && `${hours > 0 ? '+' : ''}${hours}`;
  const explained = signed
    ? `; moved by ${signed} hours nearly all lie in sessions of ${calendar.market}: import them again with the zone that their times are in`
    : '';
  const of = bars.openTimeMs.length;
  const message = `${outside.length} of ${of} bars lie where the market was closed, first ${counts.sample[0]}${explained}`;
  const facts = hours === null ? {} : { facts: { shift_hours: hours } };
  // What no zone explains may be meant, such as hours before the opening: a person says so, as of every warning.
  const severity = hours === null ? 'warning' : 'error';
  return [{ severity, code: 'outside_session', ...counts, ...facts, message }];
}

function missingSessions({ sessions, inside }: Coverage, timeframe: Timeframe): Graded[] {
  const missing = sessions.filter((_, session) => inside[session] === 0);
  if (missing.length === 0) return [];
  const share = missing.length / sessions.length;
  const unit = timeframe === '1w' ? 'weeks' : timeframe === '1M' ? 'months' : 'sessions';
  const facts = { longest_gap_sessions: longestRun(inside) };
  const message = `${missing.length} of ${sessions.length} ${unit} have no bar (${percent(share)}), first ${missing[0]}`;
  const counts = { count: missing.length, share, sample: missing.slice(0, MOST_SAMPLED) };
  return [{ severity: 'warning', code: 'missing_sessions', ...counts, facts, message }];
}

function missingBars(bars: BarTimes, calendar: SessionCalendar, coverage: Coverage): Graded[] {
  if (isDated(bars.timeframe)) return [];
  let [expected, count] = [0, 0];
  coverage.inside.forEach((inside, session) => {
    if (inside === 0) return;
    expected += coverage.expected[session];
    count += coverage.expected[session] - coverage.present[session];
  });
  if (count === 0) return [];
  const sample = missingOpens(bars, calendar, coverage, MOST_SAMPLED).map(timeText);
  const message = `${count} of ${expected} bars inside sessions are missing, first ${sample[0]}`;
  return [{ severity: 'warning', code: 'missing_bars', count, share: count / expected, sample, message }];
}

function longestRun(inside: Int32Array): number {
  let [longest, run] = [0, 0];
  for (const count of inside) {
    run = count > 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function indexes(count: number, test: (i: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < count; i += 1) if (test(i)) found.push(i);
  return found;
}

/** Count, share and sample of the bars at the indexes. */
function counted(found: readonly number[], times: Float64Array): { count: number; share: number; sample: string[] } {
  const sample = found.slice(0, MOST_SAMPLED).map((i) => timeText(times[i]));
  return { count: found.length, share: found.length / times.length, sample };
}
