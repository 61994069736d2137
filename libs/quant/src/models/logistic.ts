import { requireThat } from '../errors/invalid-input';
import { sigmoid } from './sigmoid';
import { factorise, solvePositiveDefinite } from './solve';

export interface LogisticOptions {
  /** Row-major n x k features without NaN. */
  readonly rows: Float64Array;
  readonly n: number;
  readonly k: number;
  /** 0 or 1 per row. */
  readonly labels: Float64Array;
  /** Ridge penalty lambda/2 |b|^2 on the standardised coefficients (not the intercept), added to the summed log loss; >= 0. */
  readonly l2: number;
  readonly maxIterations: number;
  /** Stops when no coefficient moves by more than this. */
  readonly tolerance: number;
}

export interface LogisticModel {
  /** Per standardised feature. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  readonly means: Float64Array;
  /** Population std of the training rows; 1 for a constant feature, whose coefficient is then 0. */
  readonly scales: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

function checkOptions({ rows, n, k, labels, l2, maxIterations, tolerance }: LogisticOptions): void {
  requireThat(Number.isInteger(k) && k >= 1, 'k', 'an integer of at least 1', k);
  requireThat(Number.isInteger(n) && n >= 2, 'n', 'an integer of at least 2', n);
  requireThat(rows.length === n * k, 'rows.length', `n x k = ${n * k}`, rows.length);
  requireThat(labels.length === n, 'labels.length', `${n} like n`, labels.length);
  requireThat(Number.isFinite(l2) && l2 >= 0, 'l2', 'a number >= 0', l2);
  requireThat(
    Number.isInteger(maxIterations) && maxIterations >= 1,
    'maxIterations',
    'an integer of at least 1',
    maxIterations,
  );
  requireThat(tolerance > 0, 'tolerance', 'positive', tolerance);
  for (let i = 0; i < rows.length; i++)
    if (!Number.isFinite(rows[i])) requireThat(false, `rows[${i}]`, 'finite', rows[i]);
  let ones = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) requireThat(false, `labels[${i}]`, '0 or 1', labels[i]);
    ones += labels[i];
  }
  requireThat(ones > 0 && ones < n, 'labels', 'of both classes', ones === 0 ? 'all 0' : 'all 1');
}

function standardise({ rows, n, k }: LogisticOptions): { x: Float64Array; means: Float64Array; scales: Float64Array } {
  const means = new Float64Array(k);
  const scales = new Float64Array(k).fill(1);
  const x = new Float64Array(n * k);
  for (let j = 0; j < k; j++) {
    let sum = 0;
    let constant = true;
    for (let i = 0; i < n; i++) {
      sum += rows[i * k + j];
      if (rows[i * k + j] !== rows[j]) constant = false;
    }
    means[j] = constant ? rows[j] : sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (rows[i * k + j] - means[j]) ** 2;
    const scale = Math.sqrt(squares / n);
    if (!constant && scale > 0) scales[j] = scale;
    for (let i = 0; i < n; i++) x[i * k + j] = (rows[i * k + j] - means[j]) / scales[j];
  }
  return { x, means, scales };
}

/** Penalised negative log likelihood at `beta` (intercept last). */
function loss(x: Float64Array, labels: Float64Array, n: number, k: number, l2: number, beta: Float64Array): number {
  let value = 0;
  for (let i = 0; i < n; i++) {
    let z = beta[k];
    for (let j = 0; j < k; j++) z += x[i * k + j] * beta[j];
    value += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - labels[i] * z;
  }
  for (let j = 0; j < k; j++) value += (l2 / 2) * beta[j] * beta[j];
  return value;
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
  const { n, k, labels, l2, maxIterations, tolerance } = options;
  const { x, means, scales } = standardise(options);
  const size = k + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let beta = new Float64Array(size);
  let current = loss(x, labels, n, k, l2, beta);
  requireThat(Number.isFinite(current), 'rows', 'small enough for their means and squares', current);
  newtonSystem(x, labels, n, k, l2, beta, gradient, hessian);
  const { pivots: atStart } = factorise(hessian, size);
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    iterations += 1;
    newtonSystem(x, labels, n, k, l2, beta, gradient, hessian);
    const step = solvePositiveDefinite(hessian, gradient, size);
    let scale = 1;
    let next = beta;
    let value = current;
    for (let halving = 0; halving < MAX_HALVINGS; halving++, scale /= 2) {
      next = beta.map((b, j) => b + scale * step[j]);
      value = loss(x, labels, n, k, l2, next);
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
    newtonSystem(x, labels, n, k, l2, beta, gradient, hessian);
    const { pivots } = factorise(hessian, size);
    converged = pivots.every((pivot, j) => atStart[j] === 0 || pivot > LOST_INFORMATION * atStart[j]);
  }
  return { coefficients: beta.slice(0, k), intercept: beta[k], means, scales, iterations, converged };
}

/** Fills minus the gradient and the Hessian of the penalised loss at `beta`. */
function newtonSystem(
  x: Float64Array,
  labels: Float64Array,
  n: number,
  k: number,
  l2: number,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = k + 1;
  gradient.fill(0);
  hessian.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * k;
    let z = beta[k];
    for (let j = 0; j < k; j++) z += x[row + j] * beta[j];
    const p = sigmoid(z);
    const residual = labels[i] - p;
    const weight = p * (1 - p);
    for (let a = 0; a < k; a++) {
      gradient[a] += residual * x[row + a];
      const weighted = weight * x[row + a];
      for (let b = 0; b <= a; b++) hessian[a * size + b] += weighted * x[row + b];
      hessian[k * size + a] += weighted;
    }
    gradient[k] += residual;
    hessian[k * size + k] += weight;
  }
  for (let a = 0; a < k; a++) {
    gradient[a] -= l2 * beta[a];
    hessian[a * size + a] += l2;
  }
}

/**
 * Probability of label 1 for one raw feature row; NaN when a feature is NaN.
 * One fixed operation order, so batch and streaming give the same bits.
 */
export function predictLogistic(model: LogisticModel, row: ArrayLike<number>): number {
  const { coefficients, means, scales } = model;
  let z = model.intercept;
  for (let j = 0; j < coefficients.length; j++) z += coefficients[j] * ((row[j] - means[j]) / scales[j]);
  return sigmoid(z);
}
