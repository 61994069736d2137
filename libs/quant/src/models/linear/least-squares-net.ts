import { checkRows } from '../labelled-rows';
import { descend } from './coordinate-descent';
import { checkNet, type ElasticNetOptions } from './elastic-net';
import type { LinearModel } from './linear-model';
import type { FittedSearch } from './search';
import { standardise } from './standardise';

/**
 * Least squares with an elastic-net penalty (Zou and Hastie, 2005; with l1Ratio 1 the lasso) on standardised features:
 * minimises half the summed squared errors plus the penalty, by cyclic coordinate descent on the normal equations.
 * Coefficients that the penalty holds are 0 exactly. `iterations` counts sweeps. Deterministic.
 * @throws InvalidInputError that names the field.
 */
export function fitLeastSquaresNet(options: ElasticNetOptions): LinearModel & FittedSearch {
  const { n, k, labels, weights, penalty, l1Ratio, maxIterations, tolerance } = options;
  checkNet(options);
  checkRows({ ...options, isRegression: true });
  const { x, means, scales } = standardise(options.rows, n, k);
  const size = k + 1;
  const hessian = new Float64Array(size * size);
  const descent = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    const row = i * k;
    const weight = weights === undefined ? 1 : weights[i];
    for (let a = 0; a < k; a++) {
      const weighted = weight * x[row + a];
      for (let b = 0; b <= a; b++) hessian[a * size + b] += weighted * x[row + b];
      hessian[k * size + a] += weighted;
      descent[a] += weighted * labels[i];
    }
    hessian[k * size + k] += weight;
    descent[k] += weight * labels[i];
  }
  for (let a = 0; a < k; a++) hessian[a * size + a] += penalty * (1 - l1Ratio);
  const rules = { l1: penalty * l1Ratio, tolerance, mostSweeps: maxIterations };
  const { values, sweeps, converged } = descend(new Float64Array(size), descent, hessian, rules);
  return { coefficients: values.slice(0, k), intercept: values[k], means, scales, iterations: sweeps, converged };
}
