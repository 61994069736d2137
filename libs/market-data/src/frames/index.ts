export { barFrame, describeBars, previewBars, type BarRow, type ColumnSummary } from './bar-frame';
export { DEFAULT_BINS, profileColumn, type ColumnProfile, type Quantiles } from './column-profile';
export * from './correlate';
export type { Histogram } from './histogram';
export {
  profileBars,
  type BarsProfile,
  type DatedReturn,
  type ProfileOptions,
  type ReturnProfile,
} from './profile-bars';
