import type { FeatureSpec } from '@assay/contracts';
import type { BarColumns, FeatureRuntime, StageMemo } from '@assay/domain';
import { resolveFeature } from './feature-registry';

/** A feature with its column over some bars. Nobody writes to the column. */
export interface FeatureColumn {
  runtime: FeatureRuntime;
  /** Names everything the column depends on but the bars. */
  key: string;
  column: Float64Array;
}

/** The column of a feature definition, computed once however many documents share `memo`, which belongs to the bars. */
export function featureColumn(spec: FeatureSpec, bars: BarColumns, memo: StageMemo): FeatureColumn {
  const { plugin, params } = resolveFeature(spec);
  const runtime = plugin.create(params, spec.name);
  const key = JSON.stringify([spec.plugin, spec.plugin_version, params]);
  return { runtime, key, column: memo.of(`column ${key}`, () => runtime.batch(bars)) };
}
