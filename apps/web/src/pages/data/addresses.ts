import type { SeriesKey } from './series-key';

const asQuery = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

export const coverageAddress = (series: SeriesKey): string => `/api/data/quality/coverage?${asQuery({ ...series })}`;

export const exportAddress = (series: SeriesKey, format: 'csv' | 'parquet'): string =>
  `/api/data/export?${asQuery({ ...series, format })}`;
