import { carryOn, joinSegments, type SegmentBooks } from '../kernels/segment-books';
import { crossPairs } from '../kernels/sma-cross';
import { crossPart, mergeBooks } from './sweep-parts';
import type { SweepOptions, SweepResult } from './sweep-result';
import { isProtected } from './template-protection';
import type { SweepGrid, SweepTemplate } from './templates';
import { templateCells } from './templates';

/** Books of all segments of so many cells are held at a time. */
const CELLS_AT_ONCE = 2 ** 14;

type Window = readonly [from: number, to: number];

/** Whether the kernels can begin within the history, so that windows that overlap are computed once. */
export const hasSweptWindows = (template: SweepTemplate, grid: SweepGrid): boolean =>
  template === 'sma-cross' && !isProtected(grid);

/**
 * The figures of every cell in each of some windows of its continuous run: indicators are warm, and a position that was opened before a
 * window is held into it. Every bar is walked once, however many windows it is in.
 *
 * @param closes  all bars, checked by `checkSweep`
 * @param windows half-open bar ranges, not empty, in any order; the return of a window's first bar is from the close before it
 * @returns a result a window, each of one value a cell in grid order
 * @throws RangeError for a window that is empty or not of the bars, and for what `hasSweptWindows` has not
 */
export function sweepWindows(
  template: SweepTemplate,
  closes: Float64Array,
  grid: SweepGrid,
  options: SweepOptions,
  windows: readonly Window[],
): SweepResult[] {
  if (!hasSweptWindows(template, grid)) throw new RangeError(`${template} must be sma-cross without stops or sizes`);
  windows.forEach(([from, to], i) => {
    if (from >= 1 && from < to && to <= closes.length) return;
    throw new RangeError(`windows[${i}] must lie between bar 1 and the ${closes.length} bars, was ${from} to ${to}`);
  });
  const { first: fast, second: slow } = templateCells(template, grid);
  const cells = fast.length;
  // a window [from, to) is made of the moves from the close of from - 1 to that of to - 1
  const cuts = [...new Set([0, ...windows.flatMap(([from, to]) => [from - 1, to - 1])])].sort((a, b) => a - b);
  const results = windows.map(() => emptyResult(cells));
  for (let first = 0; first < cells; first += CELLS_AT_ONCE) {
    const range = [first, Math.min(first + CELLS_AT_ONCE, cells)] as const;
    const pairs = crossPairs(fast.subarray(...range), slow.subarray(...range));
    const books = cuts.slice(1).map((last, k) => crossPart(closes, pairs, options, [cuts[k], last]));
    const held = heldBefore(books);
    windows.forEach(([from, to], w) => {
      const [begin, end] = [cuts.indexOf(from - 1), cuts.indexOf(to - 1)];
      const whole = joinSegments(books.slice(begin, end), held[begin].slice());
      mergeBooks(results[w], first, whole, to - from, options.periodsPerYear);
    });
  }
  return results;
}

const emptyResult = (cells: number): SweepResult => ({
  totalReturn: new Float64Array(cells),
  sharpe: new Float64Array(cells).fill(NaN),
  maxDrawdown: new Float64Array(cells),
});

/** For every segment whether each cell comes into it with an open trade. */
function heldBefore(segments: readonly SegmentBooks[]): Uint8Array[] {
  let held: Uint8Array = new Uint8Array(segments[0]?.entryBar.length ?? 0);
  return segments.map((segment) => {
    const before = held;
    held = held.slice();
    carryOn(segment.entryBar, held);
    return before;
  });
}
