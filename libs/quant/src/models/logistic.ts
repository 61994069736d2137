import { requireThat } from '../errors/invalid-input';
import { linearScore, type LinearModel } from './linear/linear-model';
import { checkSearch, type FittedSearch } from './linear/search';
import { loss, newtonSystem } from './linear/logistic-system';
import { standardise } from './linear/standardise';
import { checkRows, type LabelledRows } from './labelled-rows';
import { sigmoid } from './sigmoid';
import { factorise, solvePositiveDefinite } from './solve';

export interface LogisticOptions extends LabelledRows {
  /** Ridge penalty lambda/2 |b|^2 on the standardised coefficients (not the intercept), added to the summed log loss; >= 0. */
  readonly l2: number;
  readonly maxIterations: number;
  /** Stops when no coefficient moves by more than this. */
  readonly tolerance: number;
}

export type LogisticModel = LinearModel & FittedSearch;

function checkOptions(options: LogisticOptions): void {
  const { l2, maxIterations, tolerance } = options;
  requireThat(Number.isFinite(l2) && l2 >= 0, 'l2', 'a number >= 0', l2);
  checkSearch(maxIterations, tolerance);
  checkRows(options);
}

const MAX_HALVINGS = 30;

/** A coefficient of which the data say this much less than at the start has run away from them. */
const LOST_INFORMATION = 1e-10;

/**
 * L2-regularised logistic regression by iteratively reweighted least squares (Newton with step halving), on features
 * standardised with the training rows' own mean and std. Deterministic: one operation order, no randomness.
 * Separable data without penalty have no minimum: the coefficients grow until every probability is 0 or 1 to the last
 * bit and nothing moves any more. `converged` says so, whatever ended the search.
 * @throws InvalidInputError on NaN features, labels other than 0 and 1, or one class only.
 */
export function fitLogistic(options: LogisticOptions): LogisticModel {
  checkOptions(options);
  const { n, k, labels, weights, l2, maxIterations, tolerance } = options;
  const { x, means, scales } = standardise(options.rows, n, k);
  const size = k + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let beta = new Float64Array(size);
  let current = loss(x, labels, n, k, l2, beta, weights);
  newtonSystem(x, labels, n, k, l2, beta, gradient, hessian, weights);
  const { pivots: atStart } = factorise(hessian, size);
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations += 1;
    newtonSystem(x, labels, n, k, l2, beta, gradient, hessian, weights);
    const step = solvePositiveDefinite(hessian, gradient, size);
    let scale = 1;
    let next = beta;
    let value = current;
    for (let halving = 0; halving < MAX_HALVINGS; halving++, scale /= 2) {
      next = beta.map((b, j) => b + scale * step[j]);
      value = loss(x, labels, n, k, l2, next, weights);
      if (value <= current) break;
    }
    if (!(value <= current)) {
      // no descent left at this precision: the minimum is reached to rounding
      converged = true;
      break;
    }
    let moved = 0;
    for (let j = 0; j < size; j++) moved = Math.max(moved, Math.abs(next[j] - beta[j]));
    beta = next;
    current = value;
    converged = moved <= tolerance;
  }
  if (converged && l2 === 0) {
    newtonSystem(x, labels, n, k, l2, beta, gradient, hessian, weights);
    const { pivots } = factorise(hessian, size);
    converged = pivots.every((pivot, j) => atStart[j] === 0 || pivot > LOST_INFORMATION * atStart[j]);
  }
  return { coefficients: beta.slice(0, k), intercept: beta[k], means, scales, iterations, converged };
}

/**
 * Probability of label 1 for one raw feature row; NaN when a feature is NaN.
 * One fixed operation order, so batch and streaming give the same bits.
 */
export const predictLogistic = (model: LinearModel, row: ArrayLike<number>): number => sigmoid(linearScore(model, row));
