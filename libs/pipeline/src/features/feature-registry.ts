import type { FeatureSpec } from '@assay/contracts';
import { type FeatureRuntime } from '@assay/domain';
import { DomainError, invalid } from '@assay/primitives';
import { PURE_NUMBER, WITH_UNIT } from '@assay/quant';
import { columnFeature } from './column-feature';
import type { FeaturePlugin } from './feature-plugin';
import { indicatorFeature } from './indicator-feature';
import { ratioToCloseFeature } from './ratio-to-close-feature';
import { resolveParams } from '../parameters';

const PLUGINS: readonly FeaturePlugin[] = [
  indicatorFeature({
    key: 'rsi',
    version: '1',
    scale: PURE_NUMBER,
    description: "Wilder's relative strength index, 0 to 100",
  }),
  indicatorFeature({
    key: 'atr',
    version: '1',
    scale: WITH_UNIT,
    description: "Wilder's average true range, in price units",
  }),
  indicatorFeature({ key: 'sma', version: '1', scale: WITH_UNIT, description: 'simple moving average' }),
  indicatorFeature({
    key: 'bollinger_z',
    version: '1',
    indicator: 'zscore',
    scale: PURE_NUMBER,
    description: 'distance from the moving average in standard deviations',
  }),
  indicatorFeature({
    key: 'momentum',
    version: '1',
    description: 'rate of change over the window, in percent',
    indicator: 'roc',
    scale: PURE_NUMBER,
  }),
  indicatorFeature({
    key: 'realised_volatility',
    version: '1',
    description: 'annualised standard deviation of close-to-close returns',
    scale: PURE_NUMBER,
  }),
  ratioToCloseFeature,
  columnFeature,
];

/** All kinds of feature columns by key. To add one: a plugin here, its spec beside it. */
export const featurePlugins: ReadonlyMap<string, FeaturePlugin> = new Map(
  PLUGINS.map((plugin) => [plugin.key, plugin]),
);

/** @throws DomainError `validation_failed` that lists the keys there are. */
export function requireFeaturePlugin(key: string): FeaturePlugin {
  const plugin = featurePlugins.get(key);
  if (plugin !== undefined) return plugin;
  const known = [...featurePlugins.keys()].join(', ');
  throw invalid([{ field: 'plugin', rule: 'enum', value: key, message: `plugin must be one of ${known}, was ${key}` }]);
}

/** @throws DomainError `validation_failed` naming the plugin that there is not, or every wrong parameter. */
export function checkFeature({ plugin, params }: Pick<FeatureSpec, 'plugin' | 'params'>): void {
  resolveParams(requireFeaturePlugin(plugin), params);
}

/**
 * The runnable form of a feature definition.
 * @throws DomainError `validation_failed` for wrong parameters, `evidence_mismatch` when the definition was made with
 * another plugin version: its numbers could differ from those that were validated.
 */
export function featureRuntime(spec: FeatureSpec): FeatureRuntime {
  const plugin = requireFeaturePlugin(spec.plugin);
  if (spec.plugin_version !== plugin.version) {
    throw new DomainError(
      'evidence_mismatch',
      `feature ${spec.name} must be of ${plugin.key} version ${plugin.version}, was ${spec.plugin_version}`,
      { feature: spec.name, plugin: plugin.key, version: plugin.version, actual: spec.plugin_version },
    );
  }
  return plugin.create(resolveParams(plugin, spec.params), spec.name);
}
