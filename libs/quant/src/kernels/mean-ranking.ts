import { rollingMeanSpan } from '../indicators/state/rolling-mean';

/** Bars per tile of the mean columns; the stride keeps neighbouring columns off the same cache sets. */
export const TILE_BARS = 256;
export const STRIDE = TILE_BARS + 8;

/** Means of the ascending windows for bars [from, to), at most a tile; bar i of window k goes to k x STRIDE + i - from. */
export function meansTile(
  close: Float64Array,
  windows: Int32Array,
  from: number,
  to: number,
  columns: Float64Array,
): void {
  for (let k = 0; k < windows.length && windows[k] <= to; k++)
    rollingMeanSpan(close, 0, Math.max(from, windows[k] - 1), to, windows[k], columns, k * STRIDE - from);
}

/** The windows that are warm at a bar, lowest mean first, and the means in that order. */
export interface MeanRanking {
  readonly order: Int32Array;
  readonly sorted: Float64Array;
  ranked: number;
}

/**
 * The order that stable sorting from bar to bar, begun at the first bar, has reached at `bar`, found from its end:
 * windows whose means are equal are in the order of the bar before, and a window that becomes warm goes below those
 * equal to it. Only while ties are left does it look back.
 */
export function rankingAt(close: Float64Array, windows: Int32Array, bar: number): MeanRanking {
  const width = windows.length;
  let ranked = 0;
  while (ranked < width && windows[ranked] <= bar + 1) ranked++;
  const order = Int32Array.from({ length: width }, (_, k) => k);
  const sorted = new Float64Array(width);
  /** 1 where the window at this rank is not yet told from the one before it. */
  const tied = new Uint8Array(width).fill(1, 1, ranked);
  const columns = new Float64Array(width * STRIDE);
  let ties = ranked > 1;
  for (let to = bar + 1; to > 0 && (ties || to === bar + 1); to -= TILE_BARS) {
    const from = Math.max(0, to - TILE_BARS);
    meansTile(close, windows.subarray(0, ranked), from, to, columns);
    const meanAt = (k: number, i: number): number => (i < windows[k] - 1 ? -Infinity : columns[k * STRIDE + i - from]);
    for (let i = to - 1; i >= from && (ties || i === bar); i--) {
      ties = refine(order, tied, ranked, (k) => meanAt(k, i));
      if (i === bar) for (let r = 0; r < ranked; r++) sorted[r] = meanAt(order[r], bar);
    }
  }
  return { order, sorted, ranked };
}

/** Sorts every run of tied windows and keeps as tied those with equal means; true while there are any. */
function refine(order: Int32Array, tied: Uint8Array, ranked: number, meanOf: (window: number) => number): boolean {
  let ties = false;
  for (let first = 0; first < ranked;) {
    let end = first + 1;
    while (end < ranked && tied[end] === 1) end++;
    if (end > first + 1) {
      const run = order.subarray(first, end).sort((a, b) => meanOf(a) - meanOf(b));
      for (let r = 1; r < run.length; r++) {
        const equal = meanOf(run[r]) === meanOf(run[r - 1]);
        tied[first + r] = equal ? 1 : 0;
        ties ||= equal;
      }
    }
    first = end;
  }
  return ties;
}
