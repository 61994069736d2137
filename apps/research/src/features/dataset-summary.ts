import type { DatasetSummary, Warning } from '@assay/contracts';

const QUANTILES = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/** What a column looks like; missing values (NaN) are counted and left out. */
export function summaryOf(values: Float64Array): DatasetSummary {
  const present = values.filter((x) => !Number.isNaN(x)).sort();
  const n = present.length;
  if (n === 0) return { count: 0, missing: values.length, mean: null, std: null, min: null, max: null, quantiles: {} };
  const mean = present.reduce((sum, x) => sum + x, 0) / n;
  const variance = present.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return {
    count: n,
    missing: values.length - n,
    mean,
    std: n > 1 ? Math.sqrt(variance) : null,
    min: present[0]!,
    max: present[n - 1]!,
    quantiles: Object.fromEntries(QUANTILES.map((q) => [String(q), quantile(present, q)])),
  };
}

/** Said of a column without any value: its bars are too few, or what it reads is missing or stands still. */
export function noValues({ count, missing }: DatasetSummary): Warning[] {
  if (count > 0) return [];
  const message =
    `none of ${missing} bars has a value: the span must be longer than the lookback of the feature, ` +
    'and the columns that it reads must have values there that change';
  return [{ code: 'no_values', message }];
}

function quantile(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
