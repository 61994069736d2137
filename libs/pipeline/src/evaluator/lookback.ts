import type { StrategyDocument } from '@assay/contracts';
import { lookbackOf, type FeatureRuntime } from '@assay/domain';
import { featureRuntimes } from '../features';

/** Leading bars on which a document can have no target: its longest feature, or its sizing. No model is needed for it. */
export function strategyLookback(
  document: StrategyDocument,
  features: readonly FeatureRuntime[] = document.kind === 'pipeline'
    ? featureRuntimes(document.features, document.timeframe)
    : [],
): number {
  return lookbackOf(document, { features, model: null });
}
