import type { ParameterSchema } from '@assay/contracts';
import type { TrainingSet } from './training-set';

type LabelsAndWeights = Pick<TrainingSet, 'labels' | 'weights' | 'task'>;

export const CLASS_WEIGHT: ParameterSchema = {
  type: 'string',
  enum: ['none', 'balanced'],
  default: 'none',
  description: 'balanced: both labels weigh the same in all',
};

/**
 * A weight per row: its own, and where the classes are balanced times all weight / (2 x weight of the same label);
 * undefined where all weigh 1. There is nothing to balance in a regression.
 */
export function classWeights(kind: unknown, { labels, weights, task }: LabelsAndWeights): Float64Array | undefined {
  if (kind !== 'balanced' || task === 'regression') return weights;
  let [ones, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    ones += weight * labels[i]!;
    all += weight;
  }
  const [zero, one] = [all / (2 * (all - ones)), all / (2 * ones)];
  return labels.map((label, i) => (label === 1 ? one : zero) * (weights === undefined ? 1 : weights[i]!));
}
