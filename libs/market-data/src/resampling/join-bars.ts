import type { BarColumns } from '@assay/domain';

const PRICES = ['open', 'high', 'low', 'close'] as const;

/** A run of bars that become one: indices [from, to). */
export interface Run {
  stampMs: number;
  from: number;
  to: number;
}

/** Neighbours with the same stamp; bars without one belong to none. */
export function runsOf(stamps: Float64Array): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < stamps.length; i += 1) {
    if (Number.isNaN(stamps[i])) continue;
    const run = runs.at(-1);
    if (run?.stampMs === stamps[i]) run.to = i + 1;
    else runs.push({ stampMs: stamps[i], from: i, to: i + 1 });
  }
  return runs;
}

/** First value that is there, else NaN. */
function firstOf(column: Float64Array, { from, to }: Run): number {
  for (let i = from; i < to; i += 1) if (!Number.isNaN(column[i])) return column[i];
  return NaN;
}

/** Last value that is there, else NaN. */
function lastOf(column: Float64Array, { from, to }: Run): number {
  for (let i = to - 1; i >= from; i -= 1) if (!Number.isNaN(column[i])) return column[i];
  return NaN;
}

/** The most extreme value that is there, else NaN. */
function extremeOf(column: Float64Array, { from, to }: Run, isMore: (a: number, b: number) => boolean): number {
  let found = NaN;
  for (let i = from; i < to; i += 1) if (Number.isNaN(found) || isMore(column[i], found)) found = column[i];
  return found;
}

/** The sum; NaN where a value is missing, for it is not known then. */
function sumOf(column: Float64Array, { from, to }: Run): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += column[i];
  return sum;
}

const isHigher = (a: number, b: number): boolean => a > b;
const isLower = (a: number, b: number): boolean => a < b;

/**
 * One bar a run: first open, highest high, lowest low, last close, volume summed, the last value of any further column.
 * Stamps and timeframe are the caller's.
 */
export function joinBars(bars: BarColumns, runs: readonly Run[]): BarColumns {
  const column = (of: (run: Run) => number): Float64Array => Float64Array.from(runs, of);
  return {
    ...bars,
    openTimeMs: column(({ stampMs }) => stampMs),
    open: column((run) => firstOf(bars.open, run)),
    high: column((run) => extremeOf(bars.high, run, isHigher)),
    low: column((run) => extremeOf(bars.low, run, isLower)),
    close: column((run) => lastOf(bars.close, run)),
    volume: column((run) => sumOf(bars.volume, run)),
    extra: Object.fromEntries(
      Object.entries(bars.extra).map(([name, values]) => [name, column((run) => lastOf(values, run))]),
    ),
  };
}

/** Raw prices of each run on the basis of its last bar: a split or dividend within it is no move of the price. */
export function onLastBasis(bars: BarColumns, adjFactor: Float64Array, runs: readonly Run[]): BarColumns {
  const scale = new Float64Array(adjFactor.length).fill(1);
  for (const { from, to } of runs) for (let i = from; i < to; i += 1) scale[i] = adjFactor[i] / adjFactor[to - 1];
  const scaled = Object.fromEntries(PRICES.map((name) => [name, bars[name].map((price, i) => price * scale[i])]));
  return { ...bars, ...scaled };
}
