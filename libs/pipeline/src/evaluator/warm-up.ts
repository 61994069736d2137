import type { StrategyDocument } from '@assay/contracts';
import {
  barAt,
  createStreamingEvaluator,
  type BarColumns,
  type Decision,
  type StreamingEvaluator,
} from '@assay/domain';
import { featureRuntimes } from '../features';
import { modelFor, partsFor } from './parts';
import { backtestPredictions, prepareStrategy } from './prepared-strategy';

/**
 * A streaming evaluator that has seen all `bars` as the backtest saw them: bars up to `train_end` with out-of-sample
 * predictions, later ones with the artifact. Its state is what live continues from, so that a target in force at
 * `train_end` is the backtest's.
 */
export function warmUpEvaluator(
  document: StrategyDocument,
  artifact: Uint8Array | null,
  bars: BarColumns,
  onDecision?: (decision: Decision, index: number) => void,
): StreamingEvaluator {
  const predictions =
    document.kind === 'pipeline'
      ? (backtestPredictions(prepareStrategy(document, bars), artifact)?.values ?? null)
      : null;
  let index = -1;
  const evaluator = createStreamingEvaluator(document, parts());
  for (index = 0; index < bars.close.length; index++) {
    const decision = evaluator.update(barAt(bars, index));
    onDecision?.(decision, index);
  }
  index = -1;
  return evaluator;

  function parts(): ReturnType<typeof partsFor> {
    if (predictions === null || document.kind !== 'pipeline') return partsFor(document, artifact);
    const model = modelFor(document, artifact)!;
    const predict = (row: Float64Array): number => (index >= 0 ? predictions![index]! : model.predict(row));
    return { features: featureRuntimes(document.features, document.timeframe), model: { ...model, predict } };
  }
}
