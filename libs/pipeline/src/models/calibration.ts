import type { ModelTraining } from '@assay/contracts';
import { fitIsotonic, fitPlatt, isotonicChance, plattChance } from '@assay/quant';
import { isNumbers } from './linear/linear-content';
import { mappedPredict } from './mapped-predict';
import type { ModelContent, Predict } from './model-plugin';
import type { TrainingSet } from './training-set';

type Kind = NonNullable<ModelTraining['calibration']>['kind'];

/**
 * The curve from what a model says to a chance, fitted on rows that the model has not seen; null where it says nothing of any.
 * @param said the model's predictions of the rows
 */
export function fitCalibration(kind: Kind, said: Float64Array, tail: TrainingSet): ModelContent | null {
  const known = Array.from(said.keys()).filter((i) => !Number.isNaN(said[i]!));
  if (known.length === 0) return null;
  const of = (values: Float64Array): Float64Array => Float64Array.from(known, (i) => values[i]!);
  const weights = tail.weights === undefined ? undefined : of(tail.weights);
  if (kind === 'platt') return { kind, rows: known.length, ...fitPlatt(of(said), of(tail.labels), weights) };
  const { inputs, outputs } = fitIsotonic(of(said), of(tail.labels), weights);
  return { kind, rows: known.length, inputs: [...inputs], outputs: [...outputs] };
}

/** @throws Error where no fit could have given it. */
export function calibrated(content: unknown, predict: Predict): Predict {
  const { kind, slope, intercept, inputs, outputs } = content as Record<string, unknown>;
  if (kind === 'platt') {
    if (!Number.isFinite(slope) || !Number.isFinite(intercept))
      throw new Error('slope and intercept of the calibration must be numbers');
    const curve = { slope: slope as number, intercept: intercept as number };
    return mappedPredict(predict, (said) => plattChance(curve, said));
  }
  if (kind !== 'isotonic') throw new Error(`calibration must be platt or isotonic, was ${String(kind)}`);
  const points = Array.isArray(inputs) ? inputs.length : 0;
  const isRising = (values: number[], least: number): boolean =>
    values.every((value, i) => i === 0 || value - values[i - 1]! >= least);
  const isCurve =
    points > 0 &&
    isNumbers(inputs, points) &&
    isNumbers(outputs, points) &&
    isRising(inputs, Number.MIN_VALUE) &&
    isRising(outputs, 0);
  if (!isCurve) throw new Error('inputs and outputs of the calibration must be points of a rising curve');
  const curve = { inputs: Float64Array.from(inputs), outputs: Float64Array.from(outputs) };
  return mappedPredict(predict, (said) => isotonicChance(curve, said));
}
