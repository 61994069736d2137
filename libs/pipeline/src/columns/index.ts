export { sessionClock } from './calendars';
export { ALONE, columnReader, type ColumnFacts, type ColumnReader, type FeatureContext } from './column-reader';
export { COUNTED, DERIVED_COLUMNS } from './derived-columns';
