export { bits, evaluationBits, sameBits, signalBits, type SignalBits } from './bits';
export { decodeState as evaluatorStateFromText, encodeState as evaluatorStateToText } from '@assay/domain';
export { modelFor, partsFor } from './parts';
export { backtestPredictions, evaluatePrepared, prepareStrategy, type PreparedStrategy } from './prepared-strategy';
export { warmUpEvaluator } from './warm-up';
export { strategyLookback } from './lookback';
