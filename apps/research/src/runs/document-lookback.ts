import type { StrategyDocument } from '@assay/contracts';
import { lookbackOf } from '@assay/domain';
import { featureRuntime } from '@assay/pipeline';

/** Leading bars on which the document can have no target; known without computing anything. */
export function documentLookback(document: StrategyDocument): number {
  const features = document.kind === 'pipeline' ? document.features.map(featureRuntime) : [];
  return lookbackOf(document, { features, model: null });
}
