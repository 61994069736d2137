import type { BarColumns } from '@assay/domain';
import type { FingerprintedBars } from '@assay/primitives';
import type { Series } from './series';

export interface BarRange {
  /** Bars that open at or after it. */
  fromMs?: number;
  /** Bars that open before it. */
  toMs?: number;
  /** At most so many, the first ones. */
  most?: number;
}

/** Bars as they are stored, on raw prices, oldest first. */
export interface StoredColumns {
  openTimeMs: Float64Array;
  /** open, high, low, close, volume. */
  core: Float64Array[];
  /** Adjusted close / close. */
  adjFactor: Float64Array;
  /** In the order of the series' `extraColumns`. */
  extra: Float64Array[];
}

export function barColumnsOf({ symbol, source, timeframe, extraColumns }: Series, stored: StoredColumns): BarColumns {
  const [open, high, low, close, volume] = stored.core;
  const extra = Object.fromEntries(extraColumns.map((name, i) => [name, stored.extra[i]]));
  return { symbol, source, timeframe, openTimeMs: stored.openTimeMs, open, high, low, close, volume, extra };
}

/** What the fingerprint of a series is made of: its bars and their adjustment factors. */
export function contentOf(series: Series, stored: StoredColumns): FingerprintedBars {
  const bars = barColumnsOf(series, stored);
  return { ...bars, extra: { ...bars.extra, adj_factor: stored.adjFactor } };
}

/** How many bars of a series a range is likely to have: as if they lay evenly between its first and its last. */
export function expectedBars({ bars, firstOpenMs, lastOpenMs }: Series, range: BarRange): number {
  if (firstOpenMs === null || lastOpenMs === null) return 0;
  const from = Math.max(range.fromMs ?? -Infinity, firstOpenMs);
  const to = Math.min(range.toMs ?? Infinity, lastOpenMs + 1);
  const share = Math.max(0, to - from) / (lastOpenMs + 1 - firstOpenMs);
  return Math.min(bars * share, range.most ?? Infinity);
}

/** The bars of a range; a small part is copied, so that it does not keep the whole in memory. */
export function partOf(stored: StoredColumns, { fromMs = -Infinity, toMs = Infinity, most }: BarRange): StoredColumns {
  const { openTimeMs } = stored;
  const from = firstFrom(openTimeMs, fromMs);
  const to = Math.min(firstFrom(openTimeMs, toMs), from + (most ?? Infinity));
  if (to - from >= openTimeMs.length) return stored;
  const isSmall = 2 * (to - from) < openTimeMs.length;
  const part = (column: Float64Array): Float64Array =>
    isSmall ? column.slice(from, to) : column.subarray(from, Math.max(from, to));
  return {
    openTimeMs: part(openTimeMs),
    core: stored.core.map(part),
    adjFactor: part(stored.adjFactor),
    extra: stored.extra.map(part),
  };
}

/** Index of the first of rising times that is at or after `ms`; their number where none is. */
export function firstFrom(times: Float64Array, ms: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (times[middle] >= ms) to = middle;
    else from = middle + 1;
  }
  return from;
}
