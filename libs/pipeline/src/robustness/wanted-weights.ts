import { orderRulesOf, type BatchEvaluation } from '@assay/domain';
import { applyOrderRules, type FillRule } from '@assay/quant';
import type { TradedTargets } from '../backtest';
import { evaluatePrepared, type Predictions, type PreparedStrategy } from '../evaluator';

/** What the signal and the size want at each close, before stops, targets and entry orders. */
export function wantedWeights(prepared: PreparedStrategy, predictions: Predictions | null): Float64Array {
  const { protection: _, entry_order: __, ...document } = prepared.document;
  return evaluatePrepared({ ...prepared, document: document as PreparedStrategy['document'] }, predictions).weights;
}

/** What the strategy's rules make of other wanted weights. */
export function tradedTargets(
  { document, bars }: Pick<PreparedStrategy, 'document' | 'bars'>,
  fill: FillRule,
  weights: Float64Array,
): TradedTargets {
  const rules = orderRulesOf(document);
  if (rules === null) return { weights };
  const { targets, interventions } = applyOrderRules(rules, fill === 'close', bars, weights);
  return { weights: targets, interventions };
}

/** An evaluation with other targets. */
export const withTargets = (evaluation: BatchEvaluation, targets: TradedTargets): BatchEvaluation => ({
  ...evaluation,
  interventions: undefined,
  ...targets,
});
