import type { BarColumns } from '@assay/domain';
import { isMissing, simpleReturns, volatility } from '@assay/quant';
import { columnsOf, previewBars, type BarRow } from './bar-frame';
import { presentOf, profileColumn, type ColumnProfile } from './column-profile';

/** One bar's return and the open time of the bar. */
export interface DatedReturn {
  time: string;
  value: number;
}

/** Simple returns from close to close. */
export interface ReturnProfile extends ColumnProfile {
  /** Standard deviation times the root of `periods_per_year`; null where that is not known. */
  annualised_volatility: number | null;
  periods_per_year: number | null;
  worst: DatedReturn | null;
  best: DatedReturn | null;
}

/** Bars for people to look at, as answered. */
export interface BarsProfile {
  bars: number;
  first: string | null;
  last: string | null;
  columns: ColumnProfile[];
  returns: ReturnProfile;
  head: BarRow[];
  tail: BarRow[];
}

export interface ProfileOptions {
  /** Bars a year; null where nothing says how many. */
  periodsPerYear: number | null;
  /** Of each histogram. */
  bins?: number;
  /** Of head and tail. */
  rows?: number;
}

/** What each column of bars is like, and the returns of the close. */
export function profileBars(bars: BarColumns, { periodsPerYear, bins, rows }: ProfileOptions): BarsProfile {
  const { openTimeMs } = bars;
  const n = openTimeMs.length;
  return {
    bars: n,
    first: n === 0 ? null : iso(openTimeMs[0]),
    last: n === 0 ? null : iso(openTimeMs[n - 1]),
    columns: Object.entries(columnsOf(bars)).map(([name, values]) => profileColumn(name, values, bins)),
    returns: profileReturns(bars, periodsPerYear, bins),
    ...previewBars(bars, rows),
  };
}

function profileReturns(
  { openTimeMs, close }: BarColumns,
  periodsPerYear: number | null,
  bins: number | undefined,
): ReturnProfile {
  // the first bar has none, which is nothing missing
  const returns = simpleReturns(close).subarray(1);
  let [worst, best] = [-1, -1];
  for (let i = 0; i < returns.length; i += 1) {
    if (isMissing(returns[i])) continue;
    if (worst < 0 || returns[i] < returns[worst]) worst = i;
    if (best < 0 || returns[i] > returns[best]) best = i;
  }
  const dated = (i: number): DatedReturn | null => (i < 0 ? null : { time: iso(openTimeMs[i + 1]), value: returns[i] });
  return {
    ...profileColumn('return', returns, bins, returns),
    annualised_volatility: periodsPerYear === null ? null : volatility(presentOf(returns), periodsPerYear),
    periods_per_year: periodsPerYear,
    worst: dated(worst),
    best: dated(best),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
