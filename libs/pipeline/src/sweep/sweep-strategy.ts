import { concatColumns, type MetricKey } from '@assay/quant';
import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns, StageMemo } from '@assay/domain';
import type { BacktestOptions } from '../backtest';
import { StageCache } from '../stages';
import type { Progress } from '../validation';
import { checkedCell } from './checked-cell';
import { selectedCells, type CellSelection } from './cell-selection';
import type { CrossValidation } from './cross-validate';
import type { FoldedBy } from './fold-figures';
import { gridOf, type SweepPlan } from './grid';
import { mergeScores, scoreDocuments, type DocumentScores } from './score-documents';
import { memoOfSweep, sharingOrder } from './shared-stages';
import { sweptColumns, type SweptColumns } from './swept-columns';

export interface StrategySweepInput {
  document: StrategyDocument;
  plan: SweepPlan;
  bars: BarColumns;
  options?: BacktestOptions;
  /** Default: all, in grid order. */
  cells?: CellSelection;
  /** Also return each cell's ledger series. */
  withSeries?: boolean;
  /** First bar of the series; default: the first scored bar of each cell. */
  seriesFrom?: number;
  /** Figures out of sample, see `ScoreDocumentsInput`. */
  crossValidation?: CrossValidation;
  /** A further metric of each cell. */
  metric?: MetricKey;
  /** Judges each cell in the windows of a walk-forward as well. */
  folds?: FoldedBy;
  /** Of a model that was trained elsewhere, which every cell has; null for every other. */
  artifact?: Uint8Array | null;
}

/** Columns over the selected cells, in the order of the selection; NaN where a figure is undefined. */
export interface StrategySweep extends DocumentScores, SweptColumns {}

/**
 * One backtest per cell of the grid, bit for bit. What cells have in common is computed once as long as `memo`, which must
 * belong to the bars, keeps it.
 * @throws DomainError `validation_failed` for a selected cell that the grid does not have, and for a cell whose document is not valid, naming its parameters and the field.
 */
export function sweepStrategy(
  input: StrategySweepInput,
  onProgress?: Progress,
  memo: StageMemo = new StageCache(),
): StrategySweep {
  const { document, plan, cells: asked, ...scored } = input;
  const { bars, metric } = scored;
  const { params } = plan;
  const grid = gridOf(plan);
  const cells = selectedCells(asked, grid.size);
  const extraColumns = Object.keys(bars.extra);
  const documentAt = (i: number): StrategyDocument => checkedCell(document, grid, cells[i]!, extraColumns);
  const order = sharingOrder(grid, cells);
  const shared = memoOfSweep(memo, params);
  const scores = scoreDocuments({ ...scored, count: cells.length, documentAt, order }, onProgress, shared);
  return { ...sweptColumns(grid, cells, metric), ...scores };
}

/** Joins the sweeps of consecutive parts of a selection: the same arrays as one sweep over all of them. */
export function mergeSweeps(parts: readonly StrategySweep[]): StrategySweep {
  const first = parts[0];
  if (first === undefined) throw new Error('there must be at least one part to merge');
  return {
    cells: joinCells(parts.map((part) => part.cells)),
    columns: first.columns,
    categories: first.categories,
    values: first.values.map((_, p) => concatColumns(parts.map((part) => part.values[p]!))),
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

/** The same sweep with row i where `rows[i]` says; undoes an order of computation. */
export function placeRows(sweep: StrategySweep, rows: Uint32Array): StrategySweep {
  const place = <T extends Float64Array | Uint32Array | unknown[]>(from: T, to: T): T => {
    if (from.length === rows.length) rows.forEach((row, i) => (to[row] = from[i]!));
    return to;
  };
  const column = (values: Float64Array): Float64Array => place(values, new Float64Array(values.length));
  return {
    cells: place(sweep.cells, new Uint32Array(sweep.cells.length)),
    columns: sweep.columns,
    categories: sweep.categories,
    values: sweep.values.map(column),
    totalReturn: column(sweep.totalReturn),
    sharpe: column(sweep.sharpe),
    maxDrawdown: column(sweep.maxDrawdown),
    metric: column(sweep.metric),
    returns: place(sweep.returns, new Array<Float64Array>(sweep.returns.length)),
    running: place(sweep.running, new Array<Float64Array>(sweep.running.length)),
    trained: sweep.trained.map(column),
    tested: sweep.tested.map(column),
    idle: sweep.idle.map(column),
  };
}
