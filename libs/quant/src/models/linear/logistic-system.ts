import { logLossOfOdds, sigmoid } from '../sigmoid';

/** Penalised negative log likelihood at `beta` (intercept last); each row counts `weights`, default 1. */
export function loss(
  x: Float64Array,
  labels: Float64Array,
  n: number,
  k: number,
  l2: number,
  beta: Float64Array,
  weights?: Float64Array,
): number {
  let value = 0;
  for (let i = 0; i < n; i++) {
    let z = beta[k];
    for (let j = 0; j < k; j++) z += x[i * k + j] * beta[j];
    const own = logLossOfOdds(z, labels[i]);
    value += weights === undefined ? own : weights[i] * own;
  }
  for (let j = 0; j < k; j++) value += (l2 / 2) * beta[j] * beta[j];
  return value;
}

/** Fills minus the gradient and the Hessian (lower triangle) of the penalised loss at `beta`. */
export function newtonSystem(
  x: Float64Array,
  labels: Float64Array,
  n: number,
  k: number,
  l2: number,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
  weights?: Float64Array,
): void {
  const size = k + 1;
  gradient.fill(0);
  hessian.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * k;
    let z = beta[k];
    for (let j = 0; j < k; j++) z += x[row + j] * beta[j];
    const p = sigmoid(z);
    const own = weights === undefined ? 1 : weights[i];
    const residual = own * (labels[i] - p);
    const weight = own * (p * (1 - p));
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
