import type { StrategyDocument } from '@assay/contracts';
import { modelPlan, type BarColumns, type StageMemo } from '@assay/domain';
import { buyAndHoldReturns } from '@assay/quant';
import { type BacktestOptions, CLOSED, CONTINUOUS, heldValues, resolveOptions } from '../backtest';
import { firstOwnBar, prepareStrategy, strategyLookback } from '../evaluator';
import { StageCache } from '../stages';
import { judgedStrategy, walkForwardPlan, type Progress, type WalkForwardLayout } from '../validation';
import { selectedCells, type CellSelection } from './cell-selection';
import { checkedCell } from './checked-cell';
import type { FoldFigures } from './fold-figures';
import { gridOf, type SweepPlan } from './grid';
import { scoreDocuments } from './score-documents';
import { checkedSelection, type SelectedBy } from './selected-by';
import { memoOfSweep, sharingOrder } from './shared-stages';
import { chooseInFolds, type SearchPlan, type WalkForwardSearchOutcome } from './walk-forward-choice';

/** What is searched, and on what. */
export interface SearchedInput {
  document: StrategyDocument;
  plan: SweepPlan;
  bars: BarColumns;
  /** Of a model that was trained elsewhere, which every cell has; null for every other. */
  artifact?: Uint8Array | null;
  options?: BacktestOptions;
  /** Default: all cells. */
  cells?: CellSelection;
}

export interface WalkForwardSearchInput extends SearchedInput {
  layout?: WalkForwardLayout;
  /** Default `sharpe_ratio`. */
  by?: SelectedBy;
}

/**
 * Walk-forward that searches: in each training window the cell with the best figure is chosen anew, and that one is traded in the test window
 * after it; one that held nothing there is never chosen. Nothing of a test window is seen by the choice before it. Indicators are warm in a test window; its position is opened and closed at
 * its own costs, since another cell may have been chosen before. A model is fitted anew on each training window; one that was
 * trained elsewhere stays as it is, and no bar up to the end of its training is scored.
 * Cells are taken one after the other over all folds, so that what they share is computed once.
 * @throws DomainError `validation_failed` as `sweepStrategy` and `runWalkForward`, and for a metric of which no value is the better
 */
export function walkForwardSearch(
  { layout, by = 'sharpe_ratio', ...searched }: WalkForwardSearchInput,
  onProgress?: Progress,
  memo: StageMemo = new StageCache(),
): WalkForwardSearchOutcome {
  const metric = checkedSelection(by);
  const { document, plan, bars, artifact, options } = searched;
  const grid = gridOf(plan);
  const cells = selectedCells(searched.cells, grid.size);
  const columns = Object.keys(bars.extra);
  const documents = Array.from(cells, (cell) => checkedCell(document, grid, cell, columns));
  const shared = memoOfSweep(memo, plan.params);
  const laidOut = laidOutBy(documents, { bars, artifact, options, layout });
  const figures = scoreDocuments(
    {
      ...{ bars, artifact, options, count: cells.length, documentAt: (i) => documents[i]! },
      order: sharingOrder(grid, cells),
      folds: { splits: laidOut.splits, metric, alone: true },
    },
    onProgress,
    shared,
  );
  return chosenOf({ ...searched, cells, by, laidOut, figures }, shared);
}

/**
 * Where the windows lie, once every cell has been checked: by the longest lookback and label horizon of all, so that all are judged on
 * the same bars.
 * @throws DomainError `validation_failed` naming the first cell that is not valid, and when the bars are too few for the folds
 */
export function searchPlan({ layout, ...searched }: SearchedInput & { layout?: WalkForwardLayout }): SearchPlan {
  const { document, plan, bars, artifact, options } = searched;
  const grid = gridOf(plan);
  const columns = Object.keys(bars.extra);
  const documents = Array.from(selectedCells(searched.cells, grid.size), (cell) =>
    checkedCell(document, grid, cell, columns),
  );
  return laidOutBy(documents, { bars, artifact, options, layout });
}

function laidOutBy(
  documents: readonly StrategyDocument[],
  { bars, artifact = null, options = {}, layout }: Omit<WalkForwardSearchInput, 'document' | 'plan'>,
): SearchPlan {
  let [lookback, horizon] = [0, 0];
  for (const cell of documents) {
    lookback = Math.max(lookback, strategyLookback(cell));
    if (cell.kind === 'pipeline') horizon = Math.max(horizon, modelPlan(cell.model)?.label.horizon ?? 0);
  }
  // every cell has the same artifact
  const ownFrom = artifact && documents[0] ? firstOwnBar(prepareStrategy(documents[0], bars), artifact) : 0;
  return walkForwardPlan({ lookback, horizon, ownFrom, openTimeMs: bars.openTimeMs }, options, layout);
}

/** All that a choice rests on. */
export interface ChosenInput extends SearchedInput {
  by: SelectedBy;
  laidOut: SearchPlan;
  /** Of the selected cells, in their order. */
  figures: FoldFigures;
}

/** What is chosen by the figures of the cells, and what came of it. */
export function chosenOf(
  { document, plan, bars, artifact = null, options = {}, cells: selection, by, laidOut, figures }: ChosenInput,
  memo: StageMemo = new StageCache(),
): WalkForwardSearchOutcome {
  const grid = gridOf(plan);
  const cells = selectedCells(selection, grid.size);
  const columns = Object.keys(bars.extra);
  const { fx, periodsPerYear } = resolveOptions(document, options);
  return chooseInFolds(
    {
      ...{ grid, cells, periodsPerYear },
      ...{ openTimeMs: bars.openTimeMs, close: bars.close, market: buyAndHoldReturns(heldValues(bars, fx)) },
      tradedIn: (i, { train, test }) => {
        const chosen = checkedCell(document, grid, cells[i]!, columns);
        const judged = judgedStrategy(prepareStrategy(chosen, bars, memo), resolveOptions(chosen, options), artifact);
        const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
        return { inSample: inSample!(train, CONTINUOUS), outOfSample: outOfSample!(test, CLOSED) };
      },
    },
    by,
    laidOut,
    figures,
  );
}
