export { ColumnSpool, Room, SpoolWriter, type SpoolFacts } from './column-spool';
export { BarSpoolWriter, SpooledBars, type FactoredBars, type SpooledBarsFacts } from './spooled-bars';
