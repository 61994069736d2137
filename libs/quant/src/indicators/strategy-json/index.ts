export type { StrategyJsonIndicator, StrategyJsonIndicatorName } from './strategy-json-indicator';
export * from './strategy-json-indicators';
