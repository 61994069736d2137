import { METRIC_KEYS, quantileOfSorted } from '@assay/quant';
import type { PathMetrics } from './path-metrics';

/** One metric over the paths of CPCV, as the wire has it; null where no path has it. */
export interface MetricOverPaths {
  /** Paths that have the metric: the quantiles are of these. */
  defined: number;
  least: number | null;
  q25: number | null;
  median: number | null;
  q75: number | null;
  greatest: number | null;
  /** Why it is undefined, of the first path that has none; absent where all have one. */
  reason?: string;
}

const LEVELS = { least: 0, q25: 0.25, median: 0.5, q75: 0.75, greatest: 1 } as const;

/** Every metric of the catalogue over the paths, by linear quantiles (type 7); null of paths that were judged before metrics were kept. */
export function metricsOverPaths(paths: readonly Partial<PathMetrics>[]): Record<string, MetricOverPaths> | null {
  const all = paths.flatMap(({ metrics, metricReasons: reasons }) =>
    metrics && reasons ? [{ metrics, reasons }] : [],
  );
  if (all.length === 0 || all.length < paths.length) return null;
  return Object.fromEntries(
    METRIC_KEYS.map((key) => {
      const values = all.map(({ metrics }) => metrics[key] ?? null).filter((value) => value !== null);
      const sorted = Float64Array.from(values).sort();
      const at = (level: number): number | null => (sorted.length === 0 ? null : quantileOfSorted(sorted, level));
      const reason = all.find(({ reasons }) => key in reasons)?.reasons[key];
      const quantiles = Object.entries(LEVELS).map(([name, level]) => [name, at(level)]);
      return [
        key,
        {
          defined: sorted.length,
          ...(Object.fromEntries(quantiles) as Record<keyof typeof LEVELS, number | null>),
          ...(reason === undefined ? {} : { reason }),
        },
      ];
    }),
  );
}
