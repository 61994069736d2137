export { startCsvSource, type CsvSourceOptions, type CsvSourceSimulator, type SourceBar } from './csv-source-simulator';
