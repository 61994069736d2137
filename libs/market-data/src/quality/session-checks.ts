import { isDated, type Timeframe } from '@assay/contracts';
import { inNumber, sha256Hex, timeText } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import { coverageOf, missingOpens, type Coverage } from './coverage';
import { BarDigest } from './bar-digest';
import type { BarTimes, BarWindows } from './bar-windows';
import { collect, collectAt, MOST_SAMPLED, percent, type Graded } from './finding';
import { zoneShiftHours } from './zone-shift';

/** Order of the bars, bars where the market was closed, sessions and bars that are not there. */
export function sessionChecks(bars: BarWindows, calendar: SessionCalendar): Graded[] {
  const times = bars.openTimeMs;
  if (times.length === 0) return [];
  if (times.some((time, i) => i > 0 && !(time > times[i - 1]))) {
    const isFalling = ({ openTimeMs }: BarTimes, i: number): boolean => !(openTimeMs[i] > openTimeMs[i - 1]);
    const falling = collect(bars, (some) => (i) => isFalling(some, i), 1);
    const message = `${inNumber(falling.count, 'bar does', 'bars do')} not open after the bar before ${falling.count === 1 ? 'it' : 'them'}`;
    return [{ severity: 'error', code: 'not_rising', ...falling, message }];
  }
  const dateOf = (timeMs: number): string =>
    isDated(bars.timeframe) ? dateOfUtc(timeMs) : calendar.tradingDate(timeMs);
  const [first, last] = [dateOf(times[0]), dateOf(times[times.length - 1])];
  if (!calendar.covers(first) || !calendar.covers(last)) {
    const message = `sessions were not compared: the calendar knows ${calendar.coverage.join(' to ')}`;
    // its sample moves with every bar, and what it says does not
    const nothing = { count: 0, share: 0, sample: [first, last], digest: sha256Hex(message) };
    return [{ severity: 'warning', code: 'calendar_not_covered', ...nothing, message }];
  }
  const coverage = coverageOf(bars, calendar);
  return [
    ...outsideSessions(bars, calendar, coverage),
    ...missingSessions(coverage, bars.timeframe),
    ...missingBars(bars, calendar, coverage),
  ];
}

function outsideSessions(bars: BarWindows, calendar: SessionCalendar, { outside }: Coverage): Graded[] {
  if (outside.length === 0) return [];
  const counts = collectAt(bars, new Set(outside.map((bar) => bars.openTimeMs[bar])));
  const hours = zoneShiftHours(bars, calendar);
  const signed = hours !== null && `${hours > 0 ? '+' : ''}${inNumber(hours, 'hour', 'hours')}`;
  const explained = signed
    ? `; moved by ${signed} nearly all lie in sessions of ${calendar.market}: import them again with the zone that their times are in`
    : '';
  const of = bars.openTimeMs.length;
  const message = `${outside.length} of ${inNumber(of, 'bar', 'bars')} ${outside.length === 1 ? 'lies' : 'lie'} where the market was closed, first ${counts.sample[0]}${explained}`;
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
  const message = `${missing.length} of ${sessions.length} ${unit} ${missing.length === 1 ? 'has' : 'have'} no bar (${percent(share)}), first ${missing[0]}`;
  const sample = missing.slice(0, MOST_SAMPLED);
  const counts = { count: missing.length, share, sample, digest: sha256Hex(missing.join()) };
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
  const sample: string[] = [];
  const missing = new BarDigest();
  for (const open of missingOpens(bars, calendar, coverage)) {
    missing.put(open);
    if (sample.length < MOST_SAMPLED) sample.push(timeText(open));
  }
  const counts = { count, share: count / expected, sample, digest: missing.hex() };
  const message = `${count} of ${inNumber(expected, 'bar', 'bars')} inside sessions ${count === 1 ? 'is' : 'are'} missing, first ${sample[0]}`;
  return [{ severity: 'warning', code: 'missing_bars', ...counts, message }];
}

function longestRun(inside: Int32Array): number {
  let [longest, run] = [0, 0];
  for (const count of inside) {
    run = count > 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
