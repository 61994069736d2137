export { parseBarsCsv, type CsvOptions, type ParsedBars } from './parse-bars-csv';
export { barsToCsv } from './bars-to-csv';
export { numberOf } from './number-bytes';
export { DATE_FORMATS, type DateFormat } from './file-style';
export type { DecimalMark } from './number-text';
export type { ReadNote } from './read-note';
export { clipToRange } from './repairs';
