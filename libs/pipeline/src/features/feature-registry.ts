import type { FeatureSpec, ParameterValues } from '@assay/contracts';
import type { FeatureRuntime } from '@assay/domain';
import { DomainError, invalid, nearestNames } from '@assay/primitives';
import { calendarFeature } from './calendar-feature';
import { columnFeature } from './column-feature';
import { expressionFeature } from './expression-feature';
import type { FeaturePlugin } from './feature-plugin';
import { higherTimeframeFeature } from './higher-timeframe-feature';
import { indicatorFeature, requireIndicator } from './indicator-feature';
import { indicatorFeatures } from './indicator-features';
import { logFeature } from './log-feature';
import { ratioToCloseFeature } from './ratio-to-close-feature';
import { resolveParams } from '../parameters';

/** Features that are no output of an indicator, or bear a name of their own since the first version. */
const NAMED: readonly FeaturePlugin[] = [
  indicatorFeature({ key: 'bollinger_z', indicator: requireIndicator('zscore') }),
  indicatorFeature({ key: 'momentum', indicator: requireIndicator('roc') }),
  ratioToCloseFeature,
  columnFeature,
  indicatorFeature({ key: 'difference', indicator: requireIndicator('momentum') }),
  logFeature,
  expressionFeature,
  higherTimeframeFeature,
  calendarFeature,
];

const PLUGINS = [...NAMED, ...indicatorFeatures(new Set(NAMED.map(({ key }) => key)))];

/** All kinds of feature columns by key. An indicator of the core library is one by itself; another kind is added above. */
export const featurePlugins: ReadonlyMap<string, FeaturePlugin> = new Map(
  PLUGINS.map((plugin) => [plugin.key, plugin]),
);

/** @throws DomainError `validation_failed` that lists the keys there are. */
export function requireFeaturePlugin(key: string): FeaturePlugin {
  const plugin = featurePlugins.get(key);
  if (plugin !== undefined) return plugin;
  const near = nearestNames(key, featurePlugins.keys());
  const known = near.length > 0 ? `the features that assay features lists, such as ${near.join(' or ')}` : [...featurePlugins.keys()].join(', '); // prettier-ignore
  throw invalid([{ field: 'plugin', rule: 'enum', value: key, message: `plugin must be one of ${known}, was ${key}` }]);
}

/** @throws DomainError `validation_failed` naming the plugin that there is not, or every wrong parameter. */
export function checkFeature({ plugin, params }: Pick<FeatureSpec, 'plugin' | 'params'>): void {
  resolveParams(requireFeaturePlugin(plugin), params);
}

/**
 * The plugin of a feature definition with complete parameters.
 * @throws DomainError `validation_failed` for wrong parameters, `evidence_mismatch` when the definition was made with
 * another plugin version: its numbers could differ from those that were validated.
 */
export function resolveFeature(spec: FeatureSpec): { plugin: FeaturePlugin; params: ParameterValues } {
  const plugin = requireFeaturePlugin(spec.plugin);
  if (spec.plugin_version !== plugin.version) {
    throw new DomainError(
      'evidence_mismatch',
      `feature ${spec.name} must be of ${plugin.key} version ${plugin.version}, was ${spec.plugin_version}`,
      { feature: spec.name, plugin: plugin.key, version: plugin.version, actual: spec.plugin_version },
    );
  }
  return { plugin, params: resolveParams(plugin, spec.params) };
}

/** The runnable form of a feature definition that reads bars alone. @throws as `resolveFeature` */
export function featureRuntime(spec: FeatureSpec): FeatureRuntime {
  const { plugin, params } = resolveFeature(spec);
  return plugin.create(params, spec.name);
}
