import { standardise } from '@assay/quant';
import type { TrainingSet } from '../training-set';

/** What a network is trained on: per sample the standardised rows of `steps` bars, its label and its weight. */
export interface Samples {
  readonly count: number;
  readonly steps: number;
  readonly columns: number;
  /** count x steps x columns, oldest row first. */
  readonly values: Float32Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
}

/** Means and scales of the columns over the training rows. */
export interface Scaling {
  means: Float64Array;
  scales: Float64Array;
}

/** @throws DomainError when a column leaves the number range. */
export function scalingOf({ rows, count, columns }: TrainingSet): Scaling {
  const { means, scales } = standardise(rows, count, columns);
  return { means, scales };
}

/**
 * The samples of training rows: a row of bar t together with those of the `steps - 1` bars before it, labelled or not.
 * Rows before which a bar is missing or incomplete are left out, as they have no prediction either.
 */
export function samplesOf(
  set: TrainingSet,
  steps: number,
  { means, scales }: Scaling,
  rowWeights?: Float64Array,
): Samples {
  const { columns, history, bar, count } = set;
  const values = new Float32Array(count * steps * columns);
  const labels = new Float64Array(count);
  const weights = new Float64Array(count);
  let found = 0;
  for (let j = 0; j < count; j++) {
    const first = bar[j]! - steps + 1;
    let complete = first >= 0;
    for (let t = 0, at = found * steps * columns; t < steps && complete; t++) {
      for (let c = 0; c < columns; c++, at++) {
        const value = history[c]![first + t]!;
        if (!Number.isFinite(value)) complete = false;
        values[at] = (value - means[c]!) / scales[c]!;
      }
    }
    if (!complete) continue;
    labels[found] = set.labels[j]!;
    weights[found] = rowWeights?.[j] ?? 1;
    found++;
  }
  return {
    count: found,
    steps,
    columns,
    values: values.subarray(0, found * steps * columns),
    labels: labels.subarray(0, found),
    weights: weights.subarray(0, found),
  };
}
