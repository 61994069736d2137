import type { StrategyDocument } from '@assay/contracts';
import { parseStrategyDocument, type BarColumns } from '@assay/domain';
import type { BacktestOptions } from '../backtest';
import { concatenate, type Progress } from '../validation';
import { applyParam } from './apply-param';
import { cellValues, gridSize, type SweepParam } from './grid';
import { mergeScores, scoreDocuments, type DocumentScores } from './score-documents';

export interface StrategySweepInput {
  document: StrategyDocument;
  params: readonly SweepParam[];
  bars: BarColumns;
  options?: BacktestOptions;
  /** Half-open range of cells in grid order; default: all. */
  cells?: readonly [number, number];
  /** Also return each cell's config hash and ledger series. */
  withSeries?: boolean;
}

/** Columns over the cells of the range; NaN where a figure is undefined. */
export interface StrategySweep extends DocumentScores {
  cells: [number, number];
  /** One column of values per parameter, then the three figures. */
  columns: string[];
  values: Float64Array[];
}

/**
 * One backtest per cell of the grid. Feature columns that cells have in common are computed once.
 * @throws DomainError `validation_failed` naming the field of the first cell whose document is not valid.
 */
export function sweepStrategy(input: StrategySweepInput, onProgress?: Progress): StrategySweep {
  const { document, params, bars, options, withSeries } = input;
  const [from, to] = input.cells ?? [0, gridSize(params)];
  const values = params.map(() => new Float64Array(to - from));
  const documentAt = (i: number): StrategyDocument => {
    const chosen = cellValues(params, from + i);
    chosen.forEach((value, p) => (values[p]![i] = value));
    const changed = params.reduce((cell, { path }, p) => applyParam(cell, path, chosen[p]!), document);
    return parseStrategyDocument(changed, { columns: Object.keys(bars.extra) }).document;
  };
  const scores = scoreDocuments({ count: to - from, documentAt, bars, options, withSeries }, onProgress);
  const columns = [...params.map(({ path }) => path), 'total_return', 'sharpe', 'max_drawdown'];
  return { cells: [from, to], columns, values, ...scores };
}

/** Joins the sweeps of consecutive cell ranges: the same arrays as one sweep over all of them. */
export function mergeSweeps(parts: readonly StrategySweep[]): StrategySweep {
  const first = parts[0];
  if (first === undefined) throw new Error('there must be at least one part to merge');
  return {
    cells: [first.cells[0], parts[parts.length - 1]!.cells[1]],
    columns: first.columns,
    values: first.values.map((_, p) => concatenate(parts.map((part) => part.values[p]!))),
    ...mergeScores(parts),
  };
}
