export { chosenInput } from './chosen-input';
export * from './catalog';
export * from './compute-indicator';
export * from './indicator';
export { indicatorMatrix, isMatrixColumn, type MatrixColumn } from './matrix/indicator-matrix';
export { MOST_BARS, resolveParameters } from './parameters';
export * from './strategy-json';
