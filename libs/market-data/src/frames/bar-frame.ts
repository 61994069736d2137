import type { DataFrame } from 'danfojs-node';
import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';

/** Statistics of one column; null where it has no value at all. */
export interface ColumnSummary {
  column: string;
  count: number;
  missing: number;
  mean: number | null;
  std: number | null;
  min: number | null;
  median: number | null;
  max: number | null;
}

/** Bars as rows for people to look at; `time` is ISO-8601 and a missing value is null. */
export type BarRow = Record<string, string | number | null>;

/** Standard columns, then those that the bars have beyond. */
export function columnsOf(bars: BarColumns): Record<string, Float64Array> {
  return { ...Object.fromEntries(STANDARD_COLUMNS.map((name) => [name, bars[name]])), ...bars.extra };
}

/** danfo.js takes over a second to load: on first use only. */
function danfo(): typeof import('danfojs-node') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on first use
  return require('danfojs-node') as typeof import('danfojs-node');
}

/** A danfo.js frame of the bars, indexed by ISO-8601 open time. */
export function barFrame(bars: BarColumns): DataFrame {
  const data = Object.fromEntries(Object.entries(columnsOf(bars)).map(([name, column]) => [name, Array.from(column)]));
  const index = Array.from(bars.openTimeMs, (time) => new Date(time).toISOString());
  return new (danfo().DataFrame)(data, { index });
}

/** Count, mean, sample standard deviation, extremes and median of each column, missing values left out. */
export function describeBars(bars: BarColumns): ColumnSummary[] {
  const { Series } = danfo();
  return Object.entries(columnsOf(bars)).map(([column, all]) => {
    const values = Array.from(all).filter((value) => !Number.isNaN(value));
    const known = { column, count: values.length, missing: all.length - values.length };
    if (values.length === 0) return { ...known, mean: null, std: null, min: null, median: null, max: null };
    const series = new Series(values);
    const std = values.length > 1 ? series.std() : null;
    return { ...known, mean: series.mean(), std, min: series.min(), median: series.median(), max: series.max() };
  });
}

/** The first and last rows. */
export function previewBars(bars: BarColumns, rows = 5): { head: BarRow[]; tail: BarRow[] } {
  const columns = Object.entries(columnsOf(bars));
  const rowAt = (i: number): BarRow => ({
    time: new Date(bars.openTimeMs[i]).toISOString(),
    ...Object.fromEntries(columns.map(([name, values]) => [name, Number.isNaN(values[i]) ? null : values[i]])),
  });
  const count = bars.openTimeMs.length;
  const take = (from: number, to: number): BarRow[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => rowAt(from + i));
  return { head: take(0, Math.min(rows, count)), tail: take(Math.max(0, count - rows), count) };
}
