import type { Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { invalid, type FieldProblem } from '@assay/primitives';
import {
  addDays,
  dateOfUtc,
  isWeekday,
  utcMidnight,
  WEEKDAYS,
  weekday,
  periodBounds,
  type SessionCalendar,
} from '@assay/calendars';
import { RepairList, type ReadNote } from '../read-note';

const MOST_LISTED = 20;

type Where = 'first' | 'begin' | 'middle' | 'end' | 'outside';

interface Stamp {
  date: string;
  line: number;
  /** First calendar date of its week or month. */
  from: string;
  /** First session of it; null where it has none. */
  first: string | null;
  /** Whether that is its last one too. */
  only: boolean;
  where: Where;
}

/**
 * Weekly and monthly bars stamped by the first session of their period, as every later step takes them to be. What stamps
 * mean is judged by all of them: a week that is taken for the one before would be known a week early. The last bar
 * alone may bear any session, as sources stamp the running period. Other timeframes are given back as they are.
 * @throws DomainError `validation_failed` by line for stamps that can be read two ways, and for two bars of one period
 */
export function stampPeriods(
  bars: BarColumns,
  lines: Int32Array,
  calendar: SessionCalendar,
): { bars: BarColumns; repairs: ReadNote[] } {
  const { timeframe } = bars;
  if (timeframe !== '1w' && timeframe !== '1M') return { bars, repairs: [] };
  const stamps = Array.from(bars.openTimeMs, (time, i) => stampOf(dateOfUtc(time), lines[i], timeframe, calendar));
  const unit = timeframe === '1w' ? 'week' : 'month';
  refuseDoubled(stamps, unit);
  refuseAmbiguous(stamps, unit, calendar);
  const moved = new RepairList('restamped', (count) => `${count} bars were stamped by their first session in all`);
  const openTimeMs = Float64Array.from(stamps, ({ date, line, first }) => {
    if (date !== first)
      moved.add(line, () => `line ${line}, ${shown(date)}: stamped ${first}, the first session of its ${unit}`);
    return utcMidnight(first!);
  });
  return { bars: { ...bars, openTimeMs }, repairs: moved.all() };
}

function stampOf(date: string, line: number, timeframe: Timeframe, calendar: SessionCalendar): Stamp {
  const [from, to] = periodBounds(date, timeframe);
  const [first, last] = sessionsOf(date, [from, to], timeframe, calendar);
  return { date, line, from, first, only: first === last, where: whereOf(date, timeframe, first, last) };
}

/** Before the calendar's tables weekdays stand for sessions. */
function sessionsOf(
  date: string,
  [from, to]: readonly [string, string],
  timeframe: Timeframe,
  calendar: SessionCalendar,
): [string | null, string | null] {
  if (date >= calendar.coverage[0]) {
    const period = calendar.periodOf(date, timeframe);
    return [period?.first ?? null, period?.last ?? null];
  }
  const trades = (day: string): boolean => calendar.market === 'CRYPTO' || isWeekday(day);
  let [first, last] = [from, to];
  while (!trades(first)) first = addDays(first, 1);
  while (!trades(last)) last = addDays(last, -1);
  return [first, last];
}

function whereOf(date: string, timeframe: Timeframe, first: string | null, last: string | null): Where {
  if (first === null || last === null) return 'outside';
  if (date === first) return 'first';
  // the end of one week or the beginning of the next, also where weekends trade
  if (timeframe === '1w' && !isWeekday(date)) return 'outside';
  if (date < first) return 'begin';
  return date >= last ? 'end' : 'middle';
}

function refuseDoubled(stamps: readonly Stamp[], unit: string): void {
  const problems: FieldProblem[] = [];
  stamps.forEach(({ date, line, from }, i) => {
    const before = stamps[i - 1];
    if (before?.from !== from || problems.length === MOST_LISTED) return;
    const message =
      `line ${line}: the ${unit} of ${from} must have one bar, but ${shown(before.date)} is on line ${before.line} ` +
      `and ${shown(date)} on line ${line}: delete one`;
    problems.push({ field: `lines[${line}].date`, rule: `one_bar_a_${unit}`, value: date, message });
  });
  if (problems.length > 0) throw invalid(problems);
}

function refuseAmbiguous(stamps: readonly Stamp[], unit: string, { market }: SessionCalendar): void {
  const settled = stamps.slice(0, Math.max(1, stamps.length - 1));
  const count = (...places: Where[]): number => settled.filter(({ where }) => places.includes(where)).length;
  const begins = count('first', 'begin');
  const byEnd = settled.every((stamp) => stamp.where === 'end' || (stamp.where === 'first' && stamp.only));
  const isWrong = (stamp: Stamp, i: number): boolean => {
    if (stamp.where === 'outside') return true;
    if (byEnd || i >= settled.length || stamps.length === 1) return false;
    return stamp.where === 'end' || (stamp.where === 'middle' && begins <= count('middle', 'end'));
  };
  const wrong = stamps.filter(isWrong);
  if (wrong.length === 0) return;
  const listed = wrong.slice(0, MOST_LISTED).map(({ date, line }) => `${shown(date)} on line ${line}`);
  const more = wrong.length > MOST_LISTED ? ` and ${wrong.length - MOST_LISTED} more` : '';
  const message =
    `bars of a ${unit} must be stamped by its first session in the market ${market}, or all of them by its last; ` +
    `${wrong.length} of ${stamps.length} could be read two ways or have no session: ${listed.join(', ')}${more}; ` +
    `write the date of the first session of the ${unit} that each bar covers, or import daily bars and resample them`;
  const value = wrong.slice(0, MOST_LISTED).map(({ date }) => date);
  throw invalid([{ field: 'content', rule: `${unit}_stamp`, value, message }]);
}

const shown = (date: string): string => `${date} (${WEEKDAYS[weekday(date)]})`;
