export { boostingPredictor, fitBoosting, type BoostingModel } from './boosting/fit-boosting';
export type { BoostingOptions } from './boosting/boosting-options';
export * from './logistic';
export type { Trees } from './trees/tree-store';
