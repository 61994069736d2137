import { requireThat } from '../../errors/invalid-input';
import { checkRows, type LabelledRows } from '../labelled-rows';
import { sigmoid } from '../sigmoid';
import { descend } from './coordinate-descent';
import { linearScore, type LinearModel } from './linear-model';
import { loss, newtonSystem } from './logistic-system';
import { checkSearch, type FittedSearch } from './search';
import { standardise } from './standardise';

export interface ElasticNetOptions extends LabelledRows {
  /** penalty (l1Ratio |b|_1 + (1 - l1Ratio)/2 |b|^2) on the standardised coefficients, added to the summed log loss; > 0. */
  readonly penalty: number;
  /** 0 (ridge) to 1 (lasso). */
  readonly l1Ratio: number;
  readonly maxIterations: number;
  /** Stops when no coefficient moves by more than this. */
  readonly tolerance: number;
}

const MAX_HALVINGS = 40;
const MAX_SWEEPS = 10_000;
/** Part of what the linear model of the objective promises that a step has to keep. */
const SUFFICIENT = 1e-4;

/**
 * Logistic regression with an elastic-net penalty (Zou and Hastie, 2005) on standardised features, by proximal Newton
 * steps: the quadratic model of the loss is minimised with the penalty by coordinate descent (Friedman, Hastie and
 * Tibshirani, 2010), then the step is halved until the objective falls. Coefficients that the penalty holds are 0
 * exactly. Deterministic.
 * @throws InvalidInputError that names the field.
 */
export function fitElasticNet(options: ElasticNetOptions): LinearModel & FittedSearch {
  const { n, k, labels, weights, penalty, l1Ratio, maxIterations, tolerance } = options;
  checkNet(options);
  checkRows(options);
  const { x, means, scales } = standardise(options.rows, n, k);
  const l1 = penalty * l1Ratio;
  const l2 = penalty * (1 - l1Ratio);
  const size = k + 1;
  const descent = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let beta: Float64Array = new Float64Array(size);
  const smooth = (at: Float64Array): number => loss(x, labels, n, k, l2, at, weights);
  let current = smooth(beta);
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations++;
    newtonSystem(x, labels, n, k, l2, beta, descent, hessian, weights);
    const rules = { l1, tolerance: tolerance / 10, mostSweeps: MAX_SWEEPS };
    const target = descend(beta, descent, hessian, rules).values;
    const step = target.map((value, j) => value - beta[j]);
    const promised =
      step.reduce((sum, move, j) => sum - descent[j] * move, 0) + l1 * (norm1(target, k) - norm1(beta, k));
    let moved = 0;
    for (let j = 0; j < size; j++) moved = Math.max(moved, Math.abs(step[j]));
    converged = moved <= tolerance;
    let part = 1;
    let next = target;
    let value = smooth(next) + l1 * norm1(next, k);
    for (let halving = 0; halving < MAX_HALVINGS && !(value <= current + SUFFICIENT * part * promised); halving++) {
      part /= 2;
      next = beta.map((start, j) => start + part * step[j]);
      value = smooth(next) + l1 * norm1(next, k);
    }
    // no descent left at this precision: the minimum is reached to rounding
    if (!(value < current)) converged = true;
    if (value <= current) [beta, current] = [next, value];
  }
  return { coefficients: beta.slice(0, k), intercept: beta[k], means, scales, iterations, converged };
}

/** @throws InvalidInputError that names the field. */
export function checkNet({ penalty, l1Ratio, maxIterations, tolerance }: ElasticNetOptions): void {
  requireThat(penalty > 0 && Number.isFinite(penalty), 'penalty', 'positive', penalty);
  requireThat(l1Ratio >= 0 && l1Ratio <= 1, 'l1Ratio', 'from 0 to 1', l1Ratio);
  checkSearch(maxIterations, tolerance);
}

function norm1(beta: Float64Array, k: number): number {
  let sum = 0;
  for (let j = 0; j < k; j++) sum += Math.abs(beta[j]);
  return sum;
}

/** The chance of label 1 for one raw row; NaN when a feature is NaN. */
export const predictElasticNet = (model: LinearModel, row: ArrayLike<number>): number =>
  sigmoid(linearScore(model, row));
