export type { FeaturePlugin, FeatureSource } from './feature-plugin';
export { checkFeature, featurePlugins, featureRuntime, requireFeaturePlugin, resolveFeature } from './feature-registry';
export { featureHash, type FeatureIdentity } from './feature-hash';
export { featureColumn, type FeatureColumn } from './feature-column';
