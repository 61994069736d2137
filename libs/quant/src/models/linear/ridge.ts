import { requireThat } from '../../errors/invalid-input';
import { checkRows, type LabelledRows } from '../labelled-rows';
import { solvePositiveDefinite } from '../solve';
import { linearScore, type LinearModel } from './linear-model';
import { standardise } from './standardise';

export interface RidgeOptions extends LabelledRows {
  /** lambda |b|^2 on the standardised coefficients (not the intercept), added to the summed squared errors; >= 0. */
  readonly l2: number;
}

/**
 * Ridge regression, as a classifier of the labels -1 and 1: least squares with an L2 penalty, on standardised features, in closed form
 * (the normal equations by LDL^T). Directions that the rows do not determine and nothing penalises get 0.
 * @throws InvalidInputError that names the field.
 */
export function fitRidge(options: RidgeOptions): LinearModel {
  const { rows, n, k, labels, weights, l2, isRegression = false } = options;
  requireThat(Number.isFinite(l2) && l2 >= 0, 'l2', 'a number >= 0', l2);
  checkRows(options);
  const { x, means, scales } = standardise(rows, n, k);
  const size = k + 1;
  const matrix = new Float64Array(size * size);
  const rhs = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    const row = i * k;
    const weight = weights === undefined ? 1 : weights[i];
    const target = weight * (isRegression ? labels[i] : 2 * labels[i] - 1);
    for (let a = 0; a < k; a++) {
      const weighted = weight * x[row + a];
      for (let b = 0; b <= a; b++) matrix[a * size + b] += weighted * x[row + b];
      matrix[k * size + a] += weighted;
      rhs[a] += target * x[row + a];
    }
    matrix[k * size + k] += weight;
    rhs[k] += target;
  }
  for (let a = 0; a < k; a++) matrix[a * size + a] += l2;
  const solution = solvePositiveDefinite(matrix, rhs, size);
  return { coefficients: solution.slice(0, k), intercept: solution[k], means, scales };
}

/**
 * The linear chance of label 1: half of 1 plus the ridge classifier's score, which is between -1 and 1 about where the
 * labels are, cut off at 0 and 1. Above 0.5 exactly where the score is above 0; no calibrated probability.
 */
export function predictRidge(model: LinearModel, row: ArrayLike<number>): number {
  const chance = (1 + linearScore(model, row)) / 2;
  return chance < 0 ? 0 : chance > 1 ? 1 : chance;
}
