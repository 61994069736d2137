import type { Timeframe } from '@assay/contracts';
import { DAY_MS, invalid, MINUTE_MS } from '@assay/primitives';
import { TIMEFRAME_MINUTES } from '../../calendars/timeframes';
import { RowScanner } from './row-scanner';
import type { TextLayout } from '../layout/text-layout';
import { TimeCell } from '../cells/time-bytes';
import type { DayOrder } from '../cells/time-text';

const SAMPLED_ROWS = 300;
/** Bars further apart than this on most rows are daily ones: no session is longer. */
const DAILY_FROM_MS = DAY_MS / 2;
/** Daily bars so far apart everywhere are bars of weeks or months. */
const SPARSE_FROM_MS = 5 * DAY_MS;

/** What the first rows say about all: how far apart they are and which way they run. */
export interface Spacing {
  /** The most common distance between neighbours; NaN for less than two rows. */
  stepMs: number;
  newestFirst: boolean;
  /** The shortest distance, where at least three rows tell it; else NaN. */
  leastMs: number;
}

export function spacingOf(bytes: Uint8Array, layout: TextLayout, order: DayOrder | null): Spacing {
  const c = layout.columns.findIndex(({ role }) => role === 'time');
  if (c < 0) return { stepMs: NaN, newestFirst: false, leastMs: NaN };
  const steps = sampledSteps(bytes, layout, c, order);
  const counts = new Map<number, number>();
  for (const step of steps.filter((step) => step !== 0).map(Math.abs)) counts.set(step, (counts.get(step) ?? 0) + 1);
  let stepMs = NaN;
  for (const [step, count] of counts) {
    const best = counts.get(stepMs) ?? 0;
    if (count > best || (count === best && step < stepMs)) stepMs = step;
  }
  const falling = steps.filter((step) => step < 0).length;
  const leastMs = steps.length < 2 ? NaN : Math.min(...steps.map(Math.abs));
  return { stepMs, newestFirst: falling > steps.length / 2, leastMs };
}

function sampledSteps(bytes: Uint8Array, layout: TextLayout, c: number, order: DayOrder | null): number[] {
  const scanner = new RowScanner(bytes, layout.delimiter, layout.columns.length);
  const cell = new TimeCell(bytes, order);
  const steps: number[] = [];
  let previous = NaN;
  for (let at = layout.from, rows = 0; at < bytes.length && rows < SAMPLED_ROWS; rows += 1) {
    at = scanner.next(at);
    if (scanner.cells !== layout.columns.length || !cell.read(scanner.starts[c], scanner.ends[c])) continue;
    if (!Number.isNaN(previous)) steps.push(cell.instantMs - previous);
    previous = cell.instantMs;
  }
  return steps;
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
 * Bars closer together than their stated timeframe would be thrown together or taken for longer ones, daily ones taken
 * for intraday ones would be lone bars of it.
 */
export function checkSpacing(timeframe: Timeframe, { stepMs, leastMs }: Spacing): void {
  if (timeframe !== '1d' && leastMs >= DAILY_FROM_MS)
    throw spacingProblem('1d as the bars of the file lie apart', timeframe);
  const statedMs = timeframe === '1d' ? DAILY_FROM_MS : TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
  if (stepMs < statedMs)
    throw spacingProblem(`${timeframeOfStep(stepMs)} as the bars of the file lie apart`, timeframe);
}

/** Says of daily bars that they are weekly, monthly or rarer ones: every figure of a year would count too many. */
export function sparseText(timeframe: Timeframe, { leastMs }: Spacing): string | null {
  if (timeframe !== '1d' || !(leastMs >= SPARSE_FROM_MS)) return null;
  const days = Math.round(leastMs / DAY_MS);
  return `the bars lie ${days} days apart or more and are read as daily ones: figures of a year count 252 or 365 such bars unless bars per year are given`;
}

function spacingProblem(must: string, was: string): Error {
  const message = `timeframe must be ${must}, was ${was}`;
  return invalid([{ field: 'timeframe', rule: 'bar_spacing', value: was, message }]);
}

const stepText = (ms: number): string => (ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS} minutes` : `${ms / 1000} seconds`);
