export { fitModel, type ModelInput } from './fit-model';
export type { FittedModel } from './fitted-model';
export {
  assertFitted,
  importModel,
  isImported,
  MOST_MODEL_BYTES,
  STATED_TRAINING,
  type StatedTraining,
} from './import-model';
export { fitRows, modelRuntime } from './fit-rows';
export { readInputs } from './input-selection';
export { importedFile, loadArtifact, type ModelArtifact } from './model-artifact';
export type { ModelContent, ModelPlugin, Predict, SearchedParameter } from './model-plugin';
export {
  modelAliases,
  modelKindOf,
  modelKinds,
  modelPlugins,
  requireModelPlugin,
  sentModelKinds,
} from './model-registry';
export { outOfSamplePredictions, type OutOfSampleFits, type OutOfSampleRange } from './out-of-sample';
export { planRows } from './plan-rows';
export { checkPlan } from './check-plan';
export { rowsIn, type BarRange, type RowSource, type TrainingSet } from './training-set';
