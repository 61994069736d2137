export { bits, evaluationBits, sameBits, signalBits, type SignalBits } from './bits';
export { decodeState as evaluatorStateFromText, encodeState as evaluatorStateToText } from '@assay/domain';
export { modelFor, partsFor } from './parts';
export { sharedFit, trainingRows, type TrainingRows } from './fitted-stages';
export {
  backtestPredictions,
  evaluatePrepared,
  firstOwnBar,
  importedPredictions,
  isRefitted,
  prepareStrategy,
  type Predictions,
  type PreparedStrategy,
} from './prepared-strategy';
export { warmUpEvaluator } from './warm-up';
export { strategyLookback } from './lookback';
