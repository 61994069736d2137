import type { ModelPlan } from '@assay/contracts';
import { requireModelPlugin } from './model-registry';
import { buildTrainingSet, type RowSource, type TrainingSet } from './training-set';

/** All labelled rows of the history that the plan's kind can take. */
export function planRows(plan: Pick<ModelPlan, 'kind' | 'label' | 'inputs'>, source: RowSource): TrainingSet {
  const { takesMissing = false } = requireModelPlugin(plan.kind);
  return buildTrainingSet(plan, source, takesMissing ? { mayMiss: true, from: source.warmUp } : {});
}
