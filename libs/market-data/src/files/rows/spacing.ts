import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { DAY_MS, invalid, MINUTE_MS } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import type { TimeReader } from '../cells/time-bytes';
import { clockOfText } from '../cells/time-text';
import type { TextLayout } from '../layout/layout';
import { eachRow } from './row-source';
import type { TextSource } from './text-source';

const SAMPLED_ROWS = 300;
/** Bars further apart than this on most rows are daily ones: no session is longer. */
const DAILY_FROM_MS = DAY_MS / 2;
/** So many distances that share a step longer than the stated one are no holes of a thin market. */
const SURE_FROM_STEPS = 20;
/** So few tell it where they are all the same. */
const SURE_FROM_EQUAL_STEPS = 3;
/** A bar of a session that its end or a lunch break cuts is as long as this at least. */
const SHORTEST_SHARE = 0.75;
/** Daily bars so far apart everywhere are bars of weeks or months. */
const SPARSE_FROM_MS = 5 * DAY_MS;
/** From one week's label to the next, weeks without a session aside. */
const LONGEST_WEEK_MS = 20 * DAY_MS;

/** What the first rows say about all: how far apart they are and which way they run. */
export interface Spacing {
  /** The most common distance between neighbours; NaN for less than two rows. */
  stepMs: number;
  newestFirst: boolean;
  /** The shortest distance, where at least three rows tell it; else NaN. */
  leastMs: number;
  /** The longest timeframe that all distances are multiples of, where enough of them tell it; else NaN. */
  commonMs: number;
}

/** By the distances of the first rows; of rows of equal time none. */
export function spacingOf(steps: readonly number[]): Spacing {
  const counts = new Map<number, number>();
  const lengths = steps.filter((step) => step !== 0).map(Math.abs);
  for (const step of lengths) counts.set(step, (counts.get(step) ?? 0) + 1);
  let stepMs = NaN;
  for (const [step, count] of counts) {
    const best = counts.get(stepMs) ?? 0;
    if (count > best || (count === best && step < stepMs)) stepMs = step;
  }
  const enough = counts.size === 1 ? SURE_FROM_EQUAL_STEPS : SURE_FROM_STEPS;
  const falling = steps.filter((step) => step < 0).length;
  return {
    stepMs,
    newestFirst: falling > steps.length / 2,
    leastMs: lengths.length < 2 ? NaN : Math.min(...lengths),
    commonMs: lengths.length < enough ? NaN : lengths.reduce(greatestCommon),
  };
}

/** Distances between the first rows. */
export function sampledSteps(text: TextSource, layout: TextLayout, cell: TimeReader): number[] {
  const [date, clock] = ['time', 'clock'].map((wanted) => layout.columns.findIndex(({ role }) => role === wanted));
  const steps: number[] = [];
  if (date < 0) return steps;
  let previous = NaN;
  let rows = 0;
  eachRow(text, layout, ({ starts, ends }, _line, bytes) => {
    rows += 1;
    cell.bytes = bytes;
    if (!cell.read(starts[date], ends[date])) return false;
    const sinceMs = clock < 0 ? 0 : clockOfText(textOf(bytes, starts[clock], ends[clock]));
    const time = (clock < 0 ? cell.instantMs : cell.dateMs) + sinceMs;
    if (Number.isNaN(time)) return false;
    if (!Number.isNaN(previous)) steps.push(time - previous);
    previous = time;
    return rows >= SAMPLED_ROWS;
  });
  return steps;
}

function greatestCommon(a: number, b: number): number {
  let [big, small] = [a, b];
  while (small > 0) [big, small] = [small, big % small];
  return big;
}

/** The timeframe of bars so far apart; `1d` where nothing tells. Throws `validation_failed` for a distance that none has. */
export function timeframeOfStep(stepMs: number): Timeframe {
  if (!(stepMs < DAILY_FROM_MS)) return '1d';
  const known = Object.entries(TIMEFRAME_MINUTES) as [Timeframe, number][];
  const found = known.find(([, minutes]) => minutes * MINUTE_MS === stepMs);
  if (found) return found[0];
  const names = known.map(([name]) => name).join(', ');
  throw spacingProblem(`one of ${names}, as the bars of the file lie ${stepText(stepMs)} apart`, stepText(stepMs));
}

/**
 * Bars closer together than their stated timeframe would be thrown together or taken for longer ones; those further
 * apart, everywhere, would be lone bars of it.
 */
export function checkSpacing(timeframe: Timeframe, spacing: Spacing): void {
  const { stepMs, leastMs, commonMs } = spacing;
  if (timeframe === '1w' || timeframe === '1M') {
    const found = longTimeframeOf(stepMs);
    if (found !== null && found !== timeframe) throw contradiction(found, timeframe, stepMs);
    return;
  }
  if (timeframe !== '1d' && leastMs >= DAILY_FROM_MS) throw contradiction('1d', timeframe, leastMs);
  if (timeframe === '1d') {
    if (stepMs < DAILY_FROM_MS) throw contradiction(timeframeOfStep(stepMs), timeframe, stepMs);
    return;
  }
  const statedMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
  if (stepMs < statedMs * SHORTEST_SHARE) throw contradiction(timeframeOfStep(stepMs), timeframe, stepMs);
  const known = Object.values(TIMEFRAME_MINUTES).some((minutes) => minutes * MINUTE_MS === commonMs);
  if (known && commonMs > statedMs) throw contradiction(timeframeOfStep(commonMs), timeframe, commonMs);
}

/** The timeframe of bars so far apart, weeks and months told apart; null where nothing tells. */
function longTimeframeOf(stepMs: number): Timeframe | null {
  if (Number.isNaN(stepMs)) return null;
  if (stepMs < SPARSE_FROM_MS) return timeframeOfStep(stepMs);
  return stepMs > LONGEST_WEEK_MS ? '1M' : '1w';
}

/** Says of daily bars that they are weekly, monthly or rarer ones: every figure of a year would count too many. */
export function sparseText(timeframe: Timeframe, { leastMs }: Spacing): string | null {
  if (timeframe !== '1d' || !(leastMs >= SPARSE_FROM_MS)) return null;
  const days = Math.round(leastMs / DAY_MS);
  return `the bars lie ${days} days apart or more and are read as daily ones: figures of a year count 252 or 365 such bars unless bars per year are given`;
}

function contradiction(right: Timeframe, stated: Timeframe, foundMs: number): Error {
  return spacingProblem(`${right} as the bars of the file lie ${stepText(foundMs)} apart`, stated);
}

function spacingProblem(must: string, was: string): Error {
  const message = `timeframe must be ${must}, was ${was}`;
  return invalid([{ field: 'timeframe', rule: 'bar_spacing', value: was, message }]);
}

/** A distance for people. */
export const stepText = (ms: number): string => {
  const [value, unit] =
    ms % DAY_MS === 0
      ? [ms / DAY_MS, 'day']
      : ms % MINUTE_MS === 0
        ? [ms / MINUTE_MS, 'minute']
        : [ms / 1000, 'second'];
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
};
