export { readBarsText, type ReadOptions, type ParsedBars } from './read-bars-text';
export { barsToCsv } from './bars-to-csv';
export { numberOf } from './cells/number-bytes';
export { DATE_FORMATS, type DateFormat } from './layout/file-style';
export type { DecimalMark } from './cells/number-text';
export type { ReadNote } from './read-note';
export { clipToRange } from './rows/repairs';
