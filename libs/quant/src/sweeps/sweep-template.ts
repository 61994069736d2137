import { mergeSweep, planCells, sweepPart } from './sweep-parts';
import type { SweepOptions, SweepResult } from './sweep-result';
import { checkSweepBars } from './template-protection';
import type { SweepGrid, SweepTemplate } from './templates';
import { templateCells } from './templates';

/**
 * Runs a template over a grid on one thread. A cell's bits do not depend on the range it is run in, so shards merge by
 * concatenation. A grid with the optional axes (stopLoss, takeProfit, trailingStop, size) is run bar by bar, see
 * `ProtectedCells` for the rules of fills. Throws RangeError on a close that is not a positive number, bars that are
 * missing or contradict themselves, a negative fee, a bad grid or range.
 */
export function sweepTemplate(
  template: SweepTemplate,
  closes: Float64Array,
  grid: SweepGrid,
  options: SweepOptions,
): SweepResult {
  const total = templateCells(template, grid).first.length;
  const cells = options.cells ?? [0, total];
  checkRange(cells, total);
  checkSweep(closes, grid, options);
  const plan = planCells(template, grid, cells, closes.length);
  const books = plan.parts.map((part) => sweepPart(template, closes, grid, options, part));
  return mergeSweep(plan, books, options.periodsPerYear);
}

function checkRange([from, to]: readonly [number, number], total: number): void {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to > total)
    throw new RangeError(`cells must be a range within 0 to ${total}, was ${from} to ${to}`);
}

/** Throws RangeError on a close that is not a positive number, on bars that do not serve the grid, and on bad costs or periods. */
export function checkSweep(closes: Float64Array, grid: SweepGrid, options: SweepOptions): void {
  const { feeBps, targetFeeBps = feeBps, periodsPerYear, bars } = options;
  if (!(feeBps >= 0 && feeBps < 10_000)) throw new RangeError(`feeBps must be from 0 to below 10000, was ${feeBps}`);
  if (!(targetFeeBps >= 0 && targetFeeBps < 10_000))
    throw new RangeError(`targetFeeBps must be from 0 to below 10000, was ${targetFeeBps}`);
  if (!(periodsPerYear > 0) || periodsPerYear === Infinity)
    throw new RangeError(`periodsPerYear must be above 0, was ${periodsPerYear}`);
  for (let i = 0; i < closes.length; i++)
    if (!(closes[i] > 0) || closes[i] === Infinity)
      throw new RangeError(`close must be a positive number, was ${closes[i]} at bar ${i}`);
  checkSweepBars(grid, closes, bars);
}
