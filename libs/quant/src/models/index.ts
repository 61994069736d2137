export { boostingPredictor, fitBoosting, type BoostingModel } from './boosting/fit-boosting';
export { fitForest, forestPredictor, type ForestModel, type ForestOptions } from './forest/fit-forest';
export type { BoostingOptions } from './boosting/boosting-options';
export * from './logistic';
export type { FittedTrees } from './trees/tree-predictor';
export { gainShares, type Trees } from './trees/tree-store';
