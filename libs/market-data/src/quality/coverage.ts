import { isDated } from '@assay/contracts';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';
import type { BarTimes } from './bar-windows';

/** What a series has of each session between its first bar and its last. All arrays but `outside` have one number a session. */
export interface Coverage {
  /** Dates, rising; of weeks and months those of their first sessions. */
  sessions: readonly string[];
  /** Bars that a complete series has in the session. */
  expected: Int32Array;
  /** Of these, how many there are. */
  present: Int32Array;
  /** Bars inside the session, at expected times or not. */
  inside: Int32Array;
  /** Indexes of the bars where the market was closed. */
  outside: number[];
}

/**
 * Bars and sessions are both in order of time, so one walk over the two is enough. The bars must rise, and the calendar must
 * know the dates of the first and the last one.
 */
export function coverageOf(bars: BarTimes, calendar: SessionCalendar): Coverage {
  return isDated(bars.timeframe) ? datedCoverage(bars, calendar) : intradayCoverage(bars, calendar);
}

function datedCoverage({ openTimeMs, timeframe }: BarTimes, calendar: SessionCalendar): Coverage {
  const labelOf = (date: string): string | undefined => calendar.periodOf(date, timeframe)?.first;
  const stamped = Array.from(openTimeMs, dateOfUtc);
  const dates = stamped.map((date) => labelOf(date) ?? date);
  const sessions = calendar
    .sessions(dates[0], dates[dates.length - 1])
    .filter((date) => timeframe === '1d' || labelOf(date) === date);
  const inside = new Int32Array(sessions.length);
  const outside: number[] = [];
  let session = 0;
  dates.forEach((date, bar) => {
    while (session < sessions.length && sessions[session] < date) session += 1;
    if (sessions[session] === date) inside[session] += 1;
    else outside.push(bar);
  });
  const expected = new Int32Array(sessions.length).fill(1);
  return { sessions, expected, present: inside.map((count) => Math.min(count, 1)), inside, outside };
}

function intradayCoverage({ openTimeMs, timeframe }: BarTimes, calendar: SessionCalendar): Coverage {
  const [first, last] = [openTimeMs[0], openTimeMs[openTimeMs.length - 1]];
  const sessions = calendar.sessions(calendar.tradingDate(first), calendar.tradingDate(last));
  const [expected, present, inside] = [0, 0, 0].map(() => new Int32Array(sessions.length));
  const outside: number[] = [];
  let [bar, grid] = [0, 0];
  sessions.forEach((date, session) => {
    for (const { openMs, closeMs } of calendar.stretchesOf(date)) {
      while (openTimeMs[bar] < openMs) outside.push(bar++);
      while (openTimeMs[bar] < closeMs) {
        bar += 1;
        inside[session] += 1;
      }
    }
    for (const open of calendar.barOpens(date, timeframe)) {
      if (open < first || open > last) continue;
      expected[session] += 1;
      while (openTimeMs[grid] < open) grid += 1;
      if (openTimeMs[grid] === open) present[session] += 1;
    }
  });
  while (bar < openTimeMs.length) outside.push(bar++);
  return { sessions, expected, present, inside, outside };
}

/** Open times of expected bars that are not there, in sessions that have at least one. */
export function* missingOpens(bars: BarTimes, calendar: SessionCalendar, coverage: Coverage): Generator<number> {
  const { openTimeMs, timeframe } = bars;
  const [first, last] = [openTimeMs[0], openTimeMs[openTimeMs.length - 1]];
  let grid = 0;
  for (const [session, date] of coverage.sessions.entries()) {
    if (coverage.inside[session] === 0 || coverage.present[session] === coverage.expected[session]) continue;
    for (const open of calendar.barOpens(date, timeframe)) {
      if (open < first || open > last) continue;
      while (openTimeMs[grid] < open) grid += 1;
      if (openTimeMs[grid] !== open) yield open;
    }
  }
}
