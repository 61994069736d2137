export { applyParam, type SweptDocument } from './apply-param';
export { checkColumns, checkedCell, parsedCell } from './checked-cell';
export { selectedCells, type CellSelection } from './cell-selection';
export {
  cellValues,
  gridOf,
  gridSize,
  planSweep,
  type ParamCondition,
  type SweepGrid,
  type SweepParam,
  type SweepPlan,
} from './grid';
export { sharingOrder } from './shared-stages';
export { sweptColumns } from './swept-columns';
export { mergeSweeps, placeRows, sweepStrategy, type StrategySweep, type StrategySweepInput } from './sweep-strategy';
export { mergeScores, scoreDocumentList, type DocumentScores, type ScoreDocumentsInput } from './score-documents';
export { CV_FIGURES, CV_SPLITS, type CrossValidation, type CvFigure } from './cross-validate';
export { LEAST_PRUNING_TRIALS, medianBounds } from './pruning';
export {
  walkForwardSearch,
  type ParameterStability,
  type SearchedFold,
  type SelectedBy,
  type WalkForwardSearchInput,
  type WalkForwardSearchOutcome,
} from './walk-forward-search';
