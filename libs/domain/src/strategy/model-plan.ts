import { NO_MODEL, type ModelPlan, type StrategyDocument } from '@assay/contracts';

/** What has to be fitted for a model, in whichever form it is written; null where the rules read features alone. */
export function modelPlan<M extends { kind: string }>(model: M): Exclude<M, { kind: typeof NO_MODEL }> | null {
  return model.kind === NO_MODEL ? null : (model as Exclude<M, { kind: typeof NO_MODEL }>);
}

/** The same of a whole document. */
export function modelPlanOf(document: StrategyDocument): ModelPlan | null {
  return document.kind === 'pipeline' ? modelPlan(document.model) : null;
}
