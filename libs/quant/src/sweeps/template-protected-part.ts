import { compiledProtectedCross, compiledProtectedHysteresis } from '../kernels/compiled-protected';
import { hasCompiledKernels } from '../kernels/compiled-kernels';
import { POSITION, ProtectedCells, protectedCosts } from '../kernels/protected-cells';
import {
  crossSignals,
  hysteresisSignals,
  runProtectedCross,
  runProtectedHysteresis,
  signalGroups,
} from '../kernels/protected-templates';
import { newSegmentBooks, type SegmentBooks } from '../kernels/segment-books';
import type { SweepOptions } from './sweep-result';
import { barColumns, protectionRules, ruleColumns } from './template-protection';
import type { SweepGrid, SweepTemplate } from './templates';
import { templateCells } from './templates';

/**
 * Books of the cells [from, to) of a grid with protection over all bars, one pass a cell. The lows of the books stay 1:
 * they serve the joining of segments, and such a part is always the only one of its cells.
 */
export function protectedPart(
  template: SweepTemplate,
  close: Float64Array,
  grid: SweepGrid,
  { feeBps, targetFeeBps, bars, kernel }: SweepOptions,
  [from, to]: readonly [number, number],
): SegmentBooks {
  const all = templateCells(template, grid);
  const first = all.first.subarray(from, to);
  const second = all.second.subarray(from, to);
  const rules = protectionRules(grid);
  const groups = signalGroups(first, second, from % rules.length);
  const books = newSegmentBooks(to - from);
  const columns = {
    close,
    bars: barColumns(close, bars),
    rules: ruleColumns(rules),
    books: books.own,
    costs: protectedCosts(feeBps, targetFeeBps ?? feeBps),
  };
  const compiled = kernel !== 'plain' && hasCompiledKernels();
  const cells = (): ProtectedCells =>
    new ProtectedCells(
      columns.bars,
      columns.rules,
      columns.books,
      new Float64Array((to - from) * POSITION),
      columns.costs,
    );
  if (template === 'sma-cross') {
    const signals = crossSignals(first, second, groups);
    if (compiled) compiledProtectedCross(columns, signals, groups);
    else runProtectedCross(close, signals, groups, cells());
  } else {
    const signals = hysteresisSignals(first, second, groups);
    if (compiled) compiledProtectedHysteresis(columns, signals, groups);
    else runProtectedHysteresis(close, signals, groups, cells());
  }
  return books;
}
