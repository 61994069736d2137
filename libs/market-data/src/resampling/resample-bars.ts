import { isDated, multiplesOf, type ResampleNoteCode, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc, forExpectedBars } from '@assay/calendars';
import { joinBars, onLastBasis, runsOf, type Run } from './join-bars';
import { placeBars } from './place-bars';

export interface ResampleOptions {
  to: Timeframe;
  calendar: SessionCalendar;
  /** Adjusted close / close of each bar, where prices are raw. */
  adjFactor?: Float64Array | null;
  /** What to do with bars outside of sessions, such as those before the opening. */
  outsideSessions?: 'refuse' | 'drop';
}

/** What was left out or is not there. */
export interface ResampleNote {
  code: ResampleNoteCode;
  count: number;
  /** The first twenty, dates or open times. */
  sample: string[];
  message: string;
}

export interface Resampled {
  bars: BarColumns;
  adjFactor: Float64Array | null;
  notes: ResampleNote[];
}

const MOST_SAMPLED = 20;

/**
 * Longer bars of the same trading, aligned with the sessions of a market: intraday bars begin at the opening and after a
 * break and are cut at the close, weeks begin on Monday; a label is the open of the bar, 00:00Z of the first session's
 * date from days on. A first or last bar that the given ones do not fill to its end is left out, bars that are missing
 * within are said. No bar depends on a later one than those it is made of.
 * @throws DomainError `validation_failed` for a timeframe that is no multiple, bars outside of sessions unless they may be
 * dropped, bars off the grid of their timeframe, and bars that fill none.
 */
export function resampleBars(bars: BarColumns, options: ResampleOptions): Resampled {
  const { to, calendar, adjFactor = null, outsideSessions = 'refuse' } = options;
  requireMultiple(bars.timeframe, to);
  const { stamps, offGrid } = placeBars(bars, to, calendar);
  if (offGrid.length > 0 && !isDated(to)) throw refuseOffGrid(bars, offGrid, calendar);
  const outside = [...stamps.keys()].filter((i) => Number.isNaN(stamps[i]));
  if (outside.length > 0 && outsideSessions === 'refuse') throw refuseOutside(bars, outside, calendar);
  const notes: ResampleNote[] = [];
  if (outside.length > 0)
    notes.push(
      noteOf(bars, outside, 'outside_sessions', `lie outside of the sessions of ${calendar.market} and were left out`),
    );
  const runs = wholeRuns(bars, to, calendar, runsOf(stamps), notes);
  if (runs.length === 0) throw refuseEmpty(bars, to);
  notes.push(...missingNotes(bars, calendar, runs), ...coverageNotes(bars, calendar));
  const raw = adjFactor === null ? bars : onLastBasis(bars, adjFactor, runs);
  return {
    bars: { ...joinBars(raw, runs), timeframe: to },
    adjFactor: adjFactor && Float64Array.from(runs, (run) => adjFactor[run.to - 1]),
    notes,
  };
}

/** Without a first and a last run that the bars do not fill. */
function wholeRuns(
  { openTimeMs, timeframe }: BarColumns,
  to: Timeframe,
  calendar: SessionCalendar,
  runs: readonly Run[],
  notes: ResampleNote[],
): Run[] {
  const whole = [...runs];
  const [first, last] = [whole[0], whole.at(-1)];
  const opens = (run: Run): boolean =>
    calendar.barOpenMs(openTimeMs[run.from], timeframe) === calendar.barOpenMs(run.stampMs, to);
  const closes = (run: Run): boolean =>
    calendar.barCloseMs(openTimeMs[run.to - 1], timeframe) === calendar.barCloseMs(run.stampMs, to);
  const say = (code: ResampleNoteCode, run: Run, why: string): void => {
    const label = stampText(run.stampMs, to);
    notes.push({ code, count: 1, sample: [label], message: `the ${to} bar of ${label} was left out: ${why}` });
  };
  if (last && !closes(last)) {
    whole.pop();
    say('incomplete_last', last, `the ${timeframe} bars end before it closes`);
  }
  if (first && whole.length > 0 && !opens(first)) {
    whole.shift();
    say('incomplete_first', first, `the ${timeframe} bars begin after it opens`);
  }
  return whole;
}

function missingNotes(
  { openTimeMs, timeframe }: BarColumns,
  calendar: SessionCalendar,
  runs: readonly Run[],
): ResampleNote[] {
  const used = openTimeMs.subarray(runs[0].from, runs[runs.length - 1].to);
  const missing: string[] = [];
  let count = 0;
  let expected = 0;
  forExpectedBars(used, calendar, timeframe, (openMs, isThere) => {
    expected += 1;
    if (isThere) return;
    count += 1;
    if (count <= MOST_SAMPLED) missing.push(stampText(openMs, timeframe));
  });
  if (count === 0) return [];
  const message = `${count} of ${expected} ${timeframe} bars of the sessions are missing, first ${missing[0]}: a bar is made of those that are there`;
  return [{ code: 'missing_bars', count, sample: missing, message }];
}

function coverageNotes({ openTimeMs }: BarColumns, calendar: SessionCalendar): ResampleNote[] {
  const date = dateOfUtc(openTimeMs[openTimeMs.length - 1]);
  const warning = calendar.endWarning(date);
  return warning ? [{ code: 'calendar_not_covered', count: 1, sample: [date], message: warning.message }] : [];
}

const stampText = (ms: number, timeframe: Timeframe): string =>
  isDated(timeframe) ? dateOfUtc(ms) : new Date(ms).toISOString().replace('.000Z', 'Z');

const sampleOf = ({ openTimeMs, timeframe }: BarColumns, at: readonly number[]): string[] =>
  at.slice(0, MOST_SAMPLED).map((i) => stampText(openTimeMs[i], timeframe));

function noteOf(bars: BarColumns, at: readonly number[], code: ResampleNoteCode, what: string): ResampleNote {
  const sample = sampleOf(bars, at);
  return { code, count: at.length, sample, message: `${at.length} ${bars.timeframe} bars ${what}, first ${sample[0]}` };
}

function requireMultiple(from: Timeframe, to: Timeframe): void {
  const known = multiplesOf(from);
  if (known.includes(to)) return;
  const must =
    known.length > 0 ? `must be one of ${known.join(', ')}, multiples of ${from}` : `has no value for ${from} bars`;
  throw invalid([{ field: 'to', rule: 'multiple', value: to, message: `to ${must}, was ${to}` }]);
}

function refuseOutside(bars: BarColumns, outside: readonly number[], calendar: SessionCalendar): Error {
  const sample = sampleOf(bars, outside);
  const message =
    `bars must lie in sessions of the market ${calendar.market}, ${outside.length} of ${bars.openTimeMs.length} do not, ` +
    `first ${sample[0]}; state the market they are of, or outside_sessions drop`;
  return invalid([{ field: 'bars', rule: 'session_times', value: sample, message }]);
}

function refuseOffGrid(bars: BarColumns, offGrid: readonly number[], calendar: SessionCalendar): Error {
  const sample = sampleOf(bars, offGrid);
  const message =
    `${bars.timeframe} bars must begin a multiple of ${bars.timeframe} after the opening of the market ${calendar.market}, ` +
    `${offGrid.length} of ${bars.openTimeMs.length} do not, first ${sample[0]}; resample finer bars, or to 1d`;
  return invalid([{ field: 'bars', rule: 'session_grid', value: sample, message }]);
}

function refuseEmpty({ openTimeMs, timeframe }: BarColumns, to: Timeframe): Error {
  const message = `bars must fill at least one ${to} bar, the ${openTimeMs.length} ${timeframe} bars fill none`;
  return invalid([{ field: 'bars', rule: 'whole_bar', value: openTimeMs.length, message }]);
}
