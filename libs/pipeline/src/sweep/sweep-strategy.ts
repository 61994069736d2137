import type { StrategyDocument } from '@assay/contracts';
import { parseStrategyDocument, type BarColumns } from '@assay/domain';
import type { BacktestOptions } from '../backtest';
import { concatenate, type Progress } from '../validation';
import { applyParam } from './apply-param';
import { selectedCells, type CellSelection } from './cell-selection';
import { cellValues, gridSize, type SweepParam } from './grid';
import { mergeScores, scoreDocuments, type DocumentScores } from './score-documents';

export interface StrategySweepInput {
  document: StrategyDocument;
  params: readonly SweepParam[];
  bars: BarColumns;
  options?: BacktestOptions;
  /** Default: all, in grid order. */
  cells?: CellSelection;
  /** Also return each cell's config hash and ledger series. */
  withSeries?: boolean;
}

/** Columns over the selected cells, in the order of the selection; NaN where a figure is undefined. */
export interface StrategySweep extends DocumentScores {
  /** Grid index of each row. */
  cells: Uint32Array;
  /** One column of values per parameter, then the three figures. */
  columns: string[];
  values: Float64Array[];
}

/**
 * One backtest per cell of the grid. Feature columns that cells have in common are computed once.
 * @throws DomainError `validation_failed` naming the field of the first cell whose document is not valid, or the selected
 * cell that the grid does not have.
 */
export function sweepStrategy(input: StrategySweepInput, onProgress?: Progress): StrategySweep {
  const { document, params, bars, options, withSeries } = input;
  const cells = selectedCells(input.cells, gridSize(params));
  const values = params.map(() => new Float64Array(cells.length));
  const documentAt = (i: number): StrategyDocument => {
    const chosen = cellValues(params, cells[i]!);
    chosen.forEach((value, p) => (values[p]![i] = value));
    const changed = params.reduce((cell, { path }, p) => applyParam(cell, path, chosen[p]!), document);
    return parseStrategyDocument(changed, { columns: Object.keys(bars.extra) }).document;
  };
  const scores = scoreDocuments({ count: cells.length, documentAt, bars, options, withSeries }, onProgress);
  const columns = [...params.map(({ path }) => path), 'total_return', 'sharpe', 'max_drawdown'];
  return { cells, columns, values, ...scores };
}

/** Joins the sweeps of consecutive parts of a selection: the same arrays as one sweep over all of them. */
export function mergeSweeps(parts: readonly StrategySweep[]): StrategySweep {
  const first = parts[0];
  if (first === undefined) throw new Error('there must be at least one part to merge');
  return {
    cells: joinCells(parts.map((part) => part.cells)),
    columns: first.columns,
    values: first.values.map((_, p) => concatenate(parts.map((part) => part.values[p]!))),
    ...mergeScores(parts),
  };
}

function joinCells(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
