import type { ModelSpec } from '@assay/contracts';
import type { ModelRuntime } from '@assay/domain';
import { fitLogistic, predictLogistic, type LogisticModel } from '@assay/quant';
import type { TrainingSet } from './training-set';

export type LogisticSpec = Extract<ModelSpec, { kind: 'logistic' }>;

/** Null when the rows cannot determine a model: fewer rows than coefficients, or one class only. */
export function fitLogisticOn(spec: LogisticSpec, set: TrainingSet): LogisticModel | null {
  if (set.count < set.columns + 2) return null;
  let positives = 0;
  for (let i = 0; i < set.count; i++) positives += set.labels[i]!;
  if (positives === 0 || positives === set.count) return null;
  const { l2, max_iterations: maxIterations, tolerance } = spec.params;
  return fitLogistic({
    rows: set.rows,
    n: set.count,
    k: set.columns,
    labels: set.labels,
    l2,
    maxIterations,
    tolerance,
  });
}

/** Probability that the close is higher after the horizon; NaN when any input is missing. */
export function logisticRuntime(inputs: readonly string[], model: LogisticModel): ModelRuntime {
  return { inputs: [...inputs], predict: (row) => predictLogistic(model, row) };
}

/** Writes the predictions of bars [from, to) from feature columns in the order of the model's inputs. */
export function predictRange(
  model: ModelRuntime,
  features: readonly Float64Array[],
  [from, to]: readonly [number, number],
  out: Float64Array,
): void {
  const row = new Float64Array(features.length);
  for (let i = from; i < to; i++) {
    for (let c = 0; c < row.length; c++) row[c] = features[c]![i]!;
    out[i] = model.predict(row);
  }
}
