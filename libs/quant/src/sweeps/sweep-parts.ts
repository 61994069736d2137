import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { hysteresisGroups, runBollingerHysteresis } from '../kernels/bollinger-hysteresis';
import { CellLedger } from '../kernels/cell-ledger';
import { hasCompiledKernels } from '../kernels/compiled-kernels';
import { crossSegment, hysteresisSegment } from '../kernels/compiled-segments';
import { rankingAt } from '../kernels/mean-ranking';
import {
  BOOK,
  CARRIED,
  EQUITY,
  joinSegments,
  newSegmentBooks,
  type SegmentBooks,
  SQUARE,
  SUM,
  WORST,
} from '../kernels/segment-books';
import { type CrossPairs, crossPairs, crossStart, forEachAbove, runSmaCross } from '../kernels/sma-cross';
import { shardCells } from './shard-cells';
import type { SweepOptions, SweepResult } from './sweep-result';
import { protectedPart } from './template-protected-part';
import { isProtected } from './template-protection';
import type { SweepGrid, SweepTemplate } from './templates';
import { templateCells } from './templates';

/** Work for one thread: a range of cells over a range of bars, of which the first is the last of the part before. */
export interface SweepPart {
  readonly cells: readonly [from: number, to: number];
  readonly bars: readonly [first: number, last: number];
}

/** Parts in the order in which `mergeSweep` joins their books. */
export interface SweepPlan {
  readonly cells: number;
  readonly bars: number;
  readonly parts: readonly SweepPart[];
}

const SHORTEST_SEGMENT = 2048;
const MOST_SEGMENTS = 16;

/** Bars of the cuts: they depend on the number of bars only, so that results do not depend on the number of threads. */
function segmentCuts(bars: number): number[] {
  let segments = 1;
  while (segments < MOST_SEGMENTS && bars >= 2 * segments * SHORTEST_SEGMENT) segments *= 2;
  return Array.from({ length: segments + 1 }, (_, k) => Math.round((k * (bars - 1)) / segments));
}

function segmentsOf(cells: readonly [number, number], bars: number): SweepPart[] {
  const cuts = segmentCuts(bars);
  return cuts.slice(1).map((last, k) => ({ cells, bars: [cuts[k], last] }));
}

/**
 * Cuts a sweep for so many threads without repeating work: `sma-cross`, whose cells share one walk, by time, at cuts
 * that depend on the number of bars alone; `bollinger-hysteresis` by windows, and grids with protection, whose cells
 * are passes of their own, by cells. None changes a bit of the result.
 */
export function planSweep(template: SweepTemplate, grid: SweepGrid, bars: number, threads: number): SweepPlan {
  const cells = templateCells(template, grid).first.length;
  return { cells, bars, parts: partsOf(template, grid, [0, cells], bars, threads) };
}

function partsOf(
  template: SweepTemplate,
  grid: SweepGrid,
  cells: readonly [number, number],
  bars: number,
  threads: number,
): SweepPart[] {
  if (bars === 0 || cells[0] === cells[1]) return [];
  if (template === 'sma-cross' && !isProtected(grid)) return segmentsOf(cells, bars);
  if (threads === 1) return [{ cells, bars: [0, bars - 1] }];
  return shardCells(template, grid, threads).map((range) => ({ cells: range, bars: [0, bars - 1] }));
}

/** The plan of a range of cells on one thread. */
export function planCells(
  template: SweepTemplate,
  grid: SweepGrid,
  cells: readonly [number, number],
  bars: number,
): SweepPlan {
  return { cells: cells[1] - cells[0], bars, parts: partsOf(template, grid, cells, bars, 1) };
}

/** Books of the cells of one part. `closes` are all bars, checked by `checkSweep`. */
export function sweepPart(
  template: SweepTemplate,
  closes: Float64Array,
  grid: SweepGrid,
  options: SweepOptions,
  part: SweepPart,
): SegmentBooks {
  if (isProtected(grid)) return protectedPart(template, closes, grid, options, part.cells);
  const all = templateCells(template, grid);
  const a = all.first.subarray(part.cells[0], part.cells[1]);
  const b = all.second.subarray(part.cells[0], part.cells[1]);
  if (template === 'sma-cross') return crossPart(closes, crossPairs(a, b), options, part.bars);
  const books = newSegmentBooks(a.length);
  const groups = hysteresisGroups(a, b);
  if (isCompiled(options)) hysteresisSegment(closes, groups, books, options.feeBps);
  else {
    const ledger = new CellLedger(closes, books, options.feeBps);
    runBollingerHysteresis(closes, groups, ledger);
    ledger.finish();
  }
  return books;
}

const isCompiled = ({ kernel }: SweepOptions): boolean => kernel !== 'plain' && hasCompiledKernels();

/** Books of the cells of some pairs of means over a range of bars, of which the first is the last of the part before. */
export function crossPart(
  closes: Float64Array,
  pairs: CrossPairs,
  options: SweepOptions,
  [first, last]: SweepPart['bars'],
): SegmentBooks {
  const books = newSegmentBooks(pairs.cells);
  const start = crossStart(pairs, rankingAt(closes, pairs.windows, first));
  if (first > 0) forEachAbove(start, (cell) => (books.entryBar[cell] = CARRIED));
  if (isCompiled(options)) {
    crossSegment(closes, first, last, start, books, options.feeBps);
    return books;
  }
  const ledger = new CellLedger(closes.subarray(first, last + 1), books, options.feeBps);
  runSmaCross(closes, first, last, start, ledger);
  ledger.finish();
  return books;
}

/** Joins the books of all parts of the plan, in its order, and gives the figures of every cell in grid order. */
export function mergeSweep(plan: SweepPlan, books: readonly SegmentBooks[], periodsPerYear: number): SweepResult {
  const result = {
    totalReturn: new Float64Array(plan.cells),
    sharpe: new Float64Array(plan.cells).fill(NaN),
    maxDrawdown: new Float64Array(plan.cells),
  };
  let cell = 0;
  for (let part = 0; part < plan.parts.length;) {
    let end = part + 1;
    while (end < plan.parts.length && plan.parts[end].cells[0] === plan.parts[part].cells[0]) end++;
    const whole = joinSegments(books.slice(part, end));
    mergeBooks(result, cell, whole, plan.bars, periodsPerYear);
    cell += whole.length / BOOK;
    part = end;
  }
  return result;
}

/** The figures of cells from their books over `n` bars, written from cell `first` on. */
export function mergeBooks(
  result: SweepResult,
  first: number,
  books: Float64Array,
  n: number,
  periodsPerYear: number,
): void {
  for (let at = 0, cell = first; at < books.length; at += BOOK)
    writeFigures(result, cell++, books, at, n, periodsPerYear);
}

function writeFigures(
  { totalReturn, sharpe, maxDrawdown }: SweepResult,
  cell: number,
  books: Float64Array,
  at: number,
  n: number,
  periodsPerYear: number,
): void {
  const mean = books[at + SUM] / n;
  // rounding may leave less than nothing: NaN, which is above no number
  const std = Math.sqrt((books[at + SQUARE] - mean * books[at + SUM]) / (n - 1));
  totalReturn[cell] = books[at + EQUITY] - 1;
  sharpe[cell] = isAbove(std, 0, PURE_NUMBER) ? (mean / std) * Math.sqrt(periodsPerYear) : NaN;
  maxDrawdown[cell] = 1 - books[at + WORST];
}
