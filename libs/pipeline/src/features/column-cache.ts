import type { FeatureSpec } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { canonicalJson } from '../hash';
import { featureRuntime } from './feature-registry';

/** Feature columns over one set of bars, each computed once however many documents ask for it. Callers may not write to them. */
export interface ColumnCache {
  readonly bars: BarColumns;
  columnOf(spec: FeatureSpec): Float64Array;
}

export function createColumnCache(bars: BarColumns): ColumnCache {
  const columns = new Map<string, Float64Array>();
  return {
    bars,
    columnOf(spec) {
      const key = canonicalJson({ plugin: spec.plugin, version: spec.plugin_version, params: spec.params });
      let column = columns.get(key);
      if (column === undefined) {
        column = featureRuntime(spec).batch(bars);
        columns.set(key, column);
      }
      return column;
    },
  };
}
