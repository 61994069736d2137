export { barFrame, describeBars, previewBars, type BarRow, type ColumnSummary } from './bar-frame';
