import type { UniverseDocument } from '@assay/contracts';
import { buildPanel, type BarColumns, type Calendar, type UniversePanel } from '@assay/domain';
import type { MetricKey } from '@assay/quant';
import {
  gridOf,
  selectedCells,
  sharingOrder,
  sweptColumns,
  type CellSelection,
  type StrategySweep,
  type SweepPlan,
} from '../sweep';
import type { Progress } from '../validation';
import { checkedUniverseCell } from './checked-universe-cell';
import { commonColumns } from './common-columns';
import { PanelMemo } from './panel-memo';
import { backtestPanel, universeLookbackOf, type UniverseOutcome } from './run-universe-backtest';
import type { UniverseOptions } from './universe-options';

export interface UniverseSweepInput {
  document: UniverseDocument;
  /** Of paths that `isSweptUniversePath` allows: all cells must be over the same panel. */
  plan: SweepPlan;
  /** The whole history of each symbol. */
  series: readonly BarColumns[];
  /** Of the document's market. */
  calendar: Calendar;
  options?: UniverseOptions;
  /** Default: all, in grid order. */
  cells?: CellSelection;
  /** Also return each cell's returns over the whole history. */
  withSeries?: boolean;
  /** A further metric of each cell. */
  metric?: MetricKey;
}

/** As of one symbol. Series are over the whole history. */
export interface UniverseSweep extends StrategySweep {
  /** Bars of the panel. */
  openTimeMs: Float64Array;
}

/**
 * One backtest per cell of the grid over one panel, each with the bits of a backtest of its own. A cell whose lookback is
 * longer than the history has no figures.
 * @throws DomainError `validation_failed` for a selected cell that the grid does not have, for a cell whose document is not
 * valid, naming its parameters and the field, and as `runUniverseBacktest` does.
 */
export function sweepUniverse(input: UniverseSweepInput, onProgress?: Progress): UniverseSweep {
  const { document, plan, series, calendar, options, withSeries = false, metric } = input;
  const grid = gridOf(plan);
  const cells = selectedCells(input.cells, grid.size);
  const panel = buildPanel(document, series, calendar);
  const columns = commonColumns(series);
  const memo = new PanelMemo();
  const undefinedOf = (length: number): Float64Array => new Float64Array(length).fill(NaN);
  const scores = {
    totalReturn: undefinedOf(cells.length),
    sharpe: undefinedOf(cells.length),
    maxDrawdown: undefinedOf(cells.length),
    metric: undefinedOf(metric === undefined ? 0 : cells.length),
    returns: new Array<Float64Array>(withSeries ? cells.length : 0),
    running: [],
    trained: [],
    tested: [],
    idle: [],
  };
  sharingOrder(grid, cells).forEach((row, done) => {
    const made = checkedUniverseCell(document, grid, cells[row]!, columns);
    const [outcome, isScored] = outcomeOf(made, panel, calendar, options, memo);
    if (isScored) {
      const { total_return, sharpe_ratio, max_drawdown } = outcome.metrics;
      scores.totalReturn[row] = total_return ?? NaN;
      scores.sharpe[row] = sharpe_ratio ?? NaN;
      scores.maxDrawdown[row] = max_drawdown ?? NaN;
      if (metric !== undefined) scores.metric[row] = outcome.metrics[metric] ?? NaN;
    }
    if (withSeries) scores.returns[row] = outcome.full.returns;
    onProgress?.((done + 1) / cells.length);
  });
  return { ...sweptColumns(grid, cells, metric), ...scores, openTimeMs: panel.openTimeMs };
}

/** Of a cell that is never warm the last bar is run for its returns, of which there are none, and not scored. */
function outcomeOf(
  document: UniverseDocument,
  panel: UniversePanel,
  calendar: Calendar,
  options: UniverseOptions | undefined,
  memo: PanelMemo,
): [outcome: UniverseOutcome, isScored: boolean] {
  const n = panel.openTimeMs.length;
  const isScored = (options?.scoreFrom ?? universeLookbackOf(document)) < n;
  const asked = isScored ? options : { ...options, start: undefined, end: undefined, scoreFrom: n - 1 };
  return [backtestPanel(document, panel, calendar, asked, memo), isScored];
}
