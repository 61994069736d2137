export type { FeatureParams, FeaturePlugin, FeatureSource, ParameterSchema, ParametersSchema } from './feature-plugin';
export { checkFeature, featurePlugins, featureRuntime, requireFeaturePlugin } from './feature-registry';
export { featureHash, type FeatureIdentity } from './feature-hash';
export { resolveParams } from './resolve-params';
export { featureColumn, type FeatureColumn } from './feature-column';
