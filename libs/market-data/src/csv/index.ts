export { parseBarsCsv, type CsvOptions, type ParsedBars } from './parse-bars-csv';
export { barsToCsv } from './bars-to-csv';
export { numberOf } from './number-bytes';
