import type { ModelPlan } from '@assay/contracts';
import type { ModelRuntime } from '@assay/domain';
import type { ModelContent } from './model-plugin';
import { requireModelPlugin } from './model-registry';
import type { TrainingSet } from './training-set';

/** Fits the plan's model; null when the rows cannot determine one: too few of them, or all of one label. */
export function fitRows({ kind, params, seed }: ModelPlan, rows: TrainingSet): ModelContent | null {
  const plugin = requireModelPlugin(kind);
  if (rows.count < plugin.leastRows(rows.columns)) return null;
  let positives = 0;
  for (let i = 0; i < rows.count; i++) positives += rows.labels[i]!;
  return positives === 0 || positives === rows.count ? null : plugin.fit(rows, params, seed);
}

/** The runnable model of a fit. */
export function modelRuntime({ kind, inputs }: ModelPlan, content: ModelContent): ModelRuntime {
  return { inputs: [...inputs], predict: requireModelPlugin(kind).load(content, inputs.length) };
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
