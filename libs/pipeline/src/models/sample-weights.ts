import type { ModelTraining } from '@assay/contracts';
import { timeDecayWeights, uniquenessWeights } from '@assay/quant';
import { classWeights } from './class-weights';
import type { TrainingSet } from './training-set';

/** The rows with the weights that the plan asks for, one on the average; as they are where it asks for none. */
export function weighRows(set: TrainingSet, training: ModelTraining = {}): TrainingSet {
  const { uniqueness, time_decay: oldest, class_weight: classes } = training;
  const unique = uniqueness || oldest !== undefined ? uniquenessOf(set) : undefined;
  let weights: Float64Array | undefined;
  if (uniqueness) weights = unique;
  if (oldest !== undefined) {
    const ages = timeDecayWeights(unique!, oldest);
    weights = weights === undefined ? ages : weights.map((weight, i) => weight * ages[i]!);
  }
  if (weights !== undefined) weights = ofMeanOne(weights);
  weights = classWeights(classes, { ...set, weights });
  return weights === undefined ? set : { ...set, weights };
}

function uniquenessOf({ bar, end, count }: TrainingSet): Float64Array {
  const first = bar[0] ?? 0;
  const spans = Array.from({ length: count }, (_, i) => ({ start: bar[i]! - first, end: end[i]! - first }));
  let last = 0;
  for (const span of spans) last = Math.max(last, span.end);
  return uniquenessWeights(spans, last + 1);
}

function ofMeanOne(weights: Float64Array): Float64Array {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => (weight * weights.length) / sum);
}
