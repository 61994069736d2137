export { fitModel, type FittedModel, type ModelInput } from './fit-model';
export { fitLogisticOn, logisticRuntime, predictRange, type LogisticSpec } from './logistic';
export { decodeArtifact, loadModel, type LogisticArtifact } from './model-artifact';
export { outOfSamplePredictions, type OutOfSampleFits, type OutOfSampleRange } from './out-of-sample';
export { buildTrainingSet, leadingRows, rowsIn, rowsKnownAt, type BarRange, type TrainingSet } from './training-set';
