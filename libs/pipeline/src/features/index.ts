export type { FeaturePlugin, FeatureSource } from './feature-plugin';
export { checkFeature, featurePlugins, featureRuntime, requireFeaturePlugin, resolveFeature } from './feature-registry';
export { calendarWarnings, endsOfCalendars } from './calendar-warnings';
export { featureHash, type FeatureIdentity } from './feature-hash';
export { featureBarColumns, featureColumns, featureKeys, featureRuntimes, type FeatureColumn } from './feature-chain';
