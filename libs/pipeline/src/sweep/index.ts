export { applyParam, scalarAt, type SweptDocument } from './apply-param';
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
export { drawnCells, searchedGrid, type DrawnCells } from './drawn-cells';
export type { FoldedBy, FoldFigures } from './fold-figures';
export type { MarketNote, RegimeNote } from './market-note';
export type { ChoiceStability, ParameterStability } from './parameter-stability';
export { checkedSelection, metricBehind, type SelectedBy } from './selected-by';
export {
  chooseInFolds,
  type SearchedFold,
  type SearchedStrategy,
  type SearchPlan,
  type WalkForwardSearchOutcome,
} from './walk-forward-choice';
export { searchedFoldFields, searchFields, walkForwardBlock } from './walk-forward-document';
export {
  chosenOf,
  searchPlan,
  walkForwardSearch,
  type ChosenInput,
  type SearchedInput,
  type WalkForwardSearchInput,
} from './walk-forward-search';
export { walkForwardTemplate, type TemplateSearchInput } from './walk-forward-template';
