import type { FeatureSpec } from '@assay/contracts';
import type { BarColumns, FeatureRuntime, StageMemo } from '@assay/domain';
import { requireFeaturePlugin, featureRuntime } from './feature-registry';
import { resolveParams } from '../parameters';

/** A feature with its column over some bars. Nobody writes to the column. */
export interface FeatureColumn {
  runtime: FeatureRuntime;
  /** Names everything the column depends on but the bars. */
  key: string;
  column: Float64Array;
}

/** The column of a feature definition, computed once however many documents share `memo`, which belongs to the bars. */
export function featureColumn(spec: FeatureSpec, bars: BarColumns, memo: StageMemo): FeatureColumn {
  const runtime = featureRuntime(spec);
  const params = resolveParams(requireFeaturePlugin(spec.plugin), spec.params);
  const key = JSON.stringify([spec.plugin, spec.plugin_version, params]);
  return { runtime, key, column: memo.of(`column ${key}`, () => runtime.batch(bars)) };
}
