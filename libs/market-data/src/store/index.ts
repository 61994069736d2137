export { ActionStore, type ActionChange, type ChangedActions } from './action-store';
export type { ActionsKey, StoredAction } from './action-rows';
export { analyseBars } from './analyse-bars';
export type { ImportBars, ImportedBars } from './imported-bars';
export { MarketStore, type SeriesBars } from './market-store';
export { NewsStore, type NewsFilter, type StoredNews } from './news-store';
export {
  ObservationStore,
  type ImportedObservations,
  type ObservationFilter,
  type ObservationRange,
  type ObservationSeries,
  type StoredObservation,
} from './observation-store';
export { unacknowledged, type Acknowledgement } from './acknowledgements';
export { QualityStore, type StoredQuality } from './quality-store';
export { fingerprintInTurns } from './fingerprint-in-turns';
export { NO_CACHE, type BarCache } from './bar-cache';
export { contentOf, expectedBars, firstFrom, partOf, type BarRange, type StoredColumns } from './stored-columns';
export { onlySeries, priceBasis, type Query, type Series, type SeriesKey } from './series';
