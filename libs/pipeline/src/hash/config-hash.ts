import type { FeatureSpec, StrategyDocument, UniverseDocument } from '@assay/contracts';
import { configIdentity } from '@assay/domain';
import { hashOf } from '@assay/primitives';
import { featurePlugins } from '../features';

/**
 * Identity of a document's content: equal for two documents that differ in ids, revision, time or name only. In a universe a
 * parameter of a feature that states its default is as one left out.
 */
export function configHash(document: StrategyDocument | UniverseDocument): string {
  if (document.kind !== 'universe') return hashOf(configIdentity(document));
  const features = document.features.map((feature) => ({ ...feature, params: stated(feature) }));
  return hashOf(configIdentity({ ...document, features }));
}

/** The parameters of a feature that are not its defaults. */
function stated({ plugin, params }: FeatureSpec): FeatureSpec['params'] {
  const properties = featurePlugins.get(plugin)?.parameterSchema.properties ?? {};
  const isDefault = (name: string, value: unknown): boolean =>
    Object.hasOwn(properties, name) && properties[name]!.default === value;
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => !isDefault(name, value)));
}
