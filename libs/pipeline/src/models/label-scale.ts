import { mappedPredict } from './mapped-predict';
import type { ModelContent, Predict } from './model-plugin';
import type { TrainingSet } from './training-set';

/** Mean and population deviation of a regression's labels: penalties and least gains mean the same whatever the unit is. */
interface LabelScale {
  mean: number;
  scale: number;
}

export function labelScale({ labels, count }: TrainingSet): LabelScale {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += labels[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (labels[i]! - mean) ** 2;
  return { mean, scale: Math.sqrt(squares / count) };
}

export const standardised = (set: TrainingSet, { mean, scale }: LabelScale): TrainingSet => ({
  ...set,
  labels: set.labels.map((label) => (label - mean) / scale),
});

/** @throws Error where no fit could have given it. */
export function inLabelUnits(target: ModelContent[string], predict: Predict): Predict {
  const { mean, scale } = (target ?? {}) as Partial<LabelScale>;
  if (!Number.isFinite(mean) || !(Number.isFinite(scale) && scale! > 0))
    throw new Error('target must have the mean and the scale of the labels');
  return mappedPredict(predict, (said) => mean! + scale! * said);
}
