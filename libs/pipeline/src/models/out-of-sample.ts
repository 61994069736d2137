import type { ModelPlan } from '@assay/contracts';
import { predictRange } from '@assay/domain';
import { planRows } from './plan-rows';
import { fitRows, modelRuntime } from './fit-rows';
import type { ModelContent } from './model-plugin';
import { barOfKnown, rowsKnownAt, type RowSource, type TrainingSet } from './training-set';

export interface OutOfSampleRange {
  /** First bar to predict; default 0. Fits that only serve earlier bars are skipped. */
  from?: number;
  /** First bar not to predict; default: all. */
  until?: number;
}

/** Where the training rows and the fits come from, when somebody keeps them; default: they are made here. */
export interface OutOfSampleFits {
  rows: TrainingSet;
  /** The fit of the rows known at the close of bar `at`; null where they cannot determine a model. */
  fit(rows: TrainingSet, at: number): ModelContent | null;
}

/**
 * Predictions as they would have been made at the time: refits on a growing window, first when `min_train` labels are
 * known, then every `every` bars; each prediction comes from the latest refit, which saw only labels known at its bar.
 * NaN before the first refit. Length n; outside [from, until) NaN.
 */
export function outOfSamplePredictions(
  plan: ModelPlan,
  source: RowSource,
  { from = 0, until = source.close.length }: OutOfSampleRange = {},
  { rows: set, fit }: OutOfSampleFits = {
    rows: planRows(plan, source),
    fit: (rows) => fitRows(plan, rows),
  },
): Float64Array {
  const { features, close } = source;
  const predictions = new Float64Array(close.length).fill(NaN);
  const { every, min_train: minTrain } = plan.refit;
  const first = barOfKnown(set, Math.max(minTrain, 1));
  for (let refit = first; refit < until; refit += every) {
    const next = Math.min(refit + every, until);
    if (next <= from) continue;
    const fitted = fit(rowsKnownAt(set, refit), refit);
    if (fitted === null) continue;
    predictRange(modelRuntime(plan, fitted), features, [Math.max(refit, from), next], predictions);
  }
  return predictions;
}
