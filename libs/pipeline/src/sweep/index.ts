export { applyParam } from './apply-param';
export { selectedCells, type CellSelection } from './cell-selection';
export { cellValues, gridSize, type SweepParam } from './grid';
export { mergeSweeps, sweepStrategy, type StrategySweep, type StrategySweepInput } from './sweep-strategy';
export { mergeScores, scoreDocumentList, type DocumentScores, type ScoreDocumentsInput } from './score-documents';
