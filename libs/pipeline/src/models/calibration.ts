import type { ModelTraining } from '@assay/contracts';
import { fitIsotonic, fitPlatt, isotonicChance, plattChance } from '@assay/quant';
import { isNumbers } from './linear/linear-content';
import { mappedPredict } from './mapped-predict';
import type { ModelContent, Predict } from './model-plugin';
import type { TrainingSet } from './training-set';

type Kind = NonNullable<ModelTraining['calibration']>['kind'];

/**
 * The fewest rows that a curve is fitted on. The log loss that a fit of n rows adds to chances that were right is about 1 / n with
 * Platt's two numbers, some 0.02 at 50; isotonic steps add 0.3 at 50 and 0.08 at 200, since a few rows of one label make chances of 0 and 1
 * (scikit-learn 1.2.1, means of 300 draws). A weak signal is worth less than that.
 */
export const LEAST_CALIBRATION_ROWS: Readonly<Record<Kind, number>> = { platt: 50, isotonic: 200 };

/**
 * The curve from what a model says to a chance, fitted on rows that the model has not seen; null where it says something of too few, see `LEAST_CALIBRATION_ROWS`.
 * @param said the model's predictions of the rows
 */
export function fitCalibration(kind: Kind, said: Float64Array, tail: TrainingSet): ModelContent | null {
  const known = Array.from(said.keys()).filter((i) => !Number.isNaN(said[i]!));
  if (known.length < LEAST_CALIBRATION_ROWS[kind]) return null;
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
