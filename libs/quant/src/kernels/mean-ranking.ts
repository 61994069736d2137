import { isAbove, isBelow, WITH_UNIT } from '../comparison/comparison';
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
  /**
   * Pairs of windows, as lower x width + higher, whose means are equal but for rounding and that were last told apart
   * the other way round. A window that becomes warm begins below all it is not told from.
   */
  readonly undecided: readonly number[];
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
  // most often no means are equal, and the bar alone tells all
  let from = bar;
  for (let to = bar + 1; to > 0 && (ties || to === bar + 1); to = from, from = Math.max(0, to - TILE_BARS)) {
    meansTile(close, windows.subarray(0, ranked), from, to, columns);
    const meanAt = (k: number, i: number): number => (i < windows[k] - 1 ? -Infinity : columns[k * STRIDE + i - from]);
    for (let i = to - 1; i >= from && (ties || i === bar); i--) {
      ties = refine(order, tied, ranked, (k) => meanAt(k, i));
      if (i === bar) for (let r = 0; r < ranked; r++) sorted[r] = meanAt(order[r], bar);
    }
  }
  return { order, sorted, ranked, undecided: undecidedPairs(close, windows, bar, order, sorted, ranked) };
}

/** The pairs of `MeanRanking.undecided`, found by looking back until each was told apart. */
function undecidedPairs(
  close: Float64Array,
  windows: Int32Array,
  bar: number,
  order: Int32Array,
  sorted: Float64Array,
  ranked: number,
): number[] {
  const width = windows.length;
  const undecided: number[] = [];
  let open: [lower: number, higher: number][] = [];
  for (let r = 1; r < ranked; r++)
    for (let below = r - 1; below >= 0 && isBetween(sorted[below], sorted[r]); below--)
      if (!isTold(order[below], order[r], sorted[below], sorted[r])) open.push([order[below], order[r]]);
  const columns = new Float64Array(open.length > 0 ? width * STRIDE : 0);
  for (let to = bar; open.length > 0; to -= TILE_BARS) {
    const from = Math.max(0, to - TILE_BARS);
    meansTile(close, windows.subarray(0, ranked), from, to, columns);
    for (let i = to - 1; i >= from - 1 && open.length > 0; i--) {
      open = open.filter(([lower, higher]) => {
        const slow = Math.max(lower, higher);
        const first = windows[slow] - 1;
        if (i >= first && i < from) return true;
        const meanAt = (k: number): number => columns[k * STRIDE + i - from];
        const told = i >= first && isTold(lower, higher, meanAt(lower), meanAt(higher));
        if (i >= first && !told) return true;
        // before the slow mean was there the fast one counts as above it
        const fastBelow = told && meanAt(Math.min(lower, higher)) < meanAt(slow);
        if (fastBelow !== lower < higher) undecided.push(lower * width + higher);
        return false;
      });
    }
  }
  return undecided;
}

/** Near enough that one of the two comparisons of a pair may be a tie. */
function isBetween(low: number, high: number): boolean {
  return !isBelow(low, high, WITH_UNIT) || !isAbove(high, low, WITH_UNIT);
}

/** True when the means of two windows are told apart; that of the longer one is the level. */
function isTold(a: number, b: number, meanOfA: number, meanOfB: number): boolean {
  const [fast, slow] = a < b ? [meanOfA, meanOfB] : [meanOfB, meanOfA];
  return isBelow(fast, slow, WITH_UNIT) || isAbove(fast, slow, WITH_UNIT);
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
