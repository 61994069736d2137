import { listIn, numberIn, recordIn } from './spans';

const QUANTILES = ['least', 'q25', 'median', 'q75', 'greatest'] as const;
export type Quantile = (typeof QUANTILES)[number];

/** One metric over the paths of CPCV. */
export interface MetricOverPaths extends Record<Quantile, number | null> {
  key: string;
  name: string;
  unit: string;
  /** Of each path that has the metric, from 0 at the least to 1 at the greatest; all 0.5 where they are the same. */
  places: number[];
  defined: number;
  /** Why paths have none. */
  reason: string | null;
}

/** Metrics in the order of the catalogue. null of a run from before they were kept. */
export function metricsOverPaths(
  result: Record<string, unknown>,
  catalogue: readonly { key: string; name: string; unit: string }[],
): MetricOverPaths[] | null {
  const distributions = recordIn(result, 'distributions');
  if (!distributions) return null;
  const paths = listIn(result, 'paths').map((path) => recordIn(path, 'metrics'));
  return catalogue.flatMap(({ key, name, unit }) => {
    const found = recordIn(distributions, key);
    if (!found) return [];
    const [least, q25, median, q75, greatest] = QUANTILES.map((quantile) => numberIn(found, quantile));
    const values = paths.map((metrics) => numberIn(metrics, key)).filter((value) => value !== null);
    const width = (greatest ?? 0) - (least ?? 0);
    return {
      ...{ key, name, unit, least: least!, q25: q25!, median: median!, q75: q75!, greatest: greatest! },
      places: values.map((value) => (width > 0 ? (value - least!) / width : 0.5)),
      defined: numberIn(found, 'defined') ?? 0,
      reason: typeof found.reason === 'string' ? found.reason : null,
    };
  });
}
