import { fitLogistic, predictLogistic, type LogisticModel } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import type { ModelContent, ModelPlugin } from '../model-plugin';

/** L2-regularised logistic regression on features standardised with the training rows' own mean and deviation. */
export const logisticPlugin: ModelPlugin = {
  key: 'logistic',
  version: '1',
  description: 'logistic regression with L2 penalty on standardised features; predicts the chance of a rising close',
  task: 'binary_classification',
  parameterSchema: parametersSchema({
    l2: { type: 'number', minimum: 0, default: 1, description: 'L2 penalty' },
    max_iterations: {
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 100,
      description: 'steps after which the search for the minimum ends',
    },
    tolerance: {
      type: 'number',
      exclusiveMinimum: 0,
      default: 1e-8,
      description: 'the search ends when no coefficient moves by more',
    },
  }),
  searchSpace: { l2: { values: [0.01, 0.1, 1, 10, 100], description: 'L2 penalties' } },
  refit: { every: 63, min_train: 252 },
  // a coefficient a column, the intercept, and one to spare
  leastRows: (columns) => columns + 2,
  fit({ rows, count, columns, labels }, params) {
    const { l2, max_iterations: maxIterations, tolerance } = params as Record<string, number>;
    const fitted = fitLogistic({
      rows,
      n: count,
      k: columns,
      labels,
      l2: l2!,
      maxIterations: maxIterations!,
      tolerance: tolerance!,
    });
    const { intercept, coefficients, means, scales, iterations, converged } = fitted;
    return {
      intercept,
      coefficients: [...coefficients],
      means: [...means],
      scales: [...scales],
      iterations,
      converged,
    };
  },
  load(content, inputs) {
    const model = modelOf(content, inputs);
    return (row) => predictLogistic(model, row);
  },
  figures: ({ iterations, converged }) => ({ iterations: iterations as number, converged: converged ? 1 : 0 }),
};

function modelOf({ intercept, coefficients, means, scales, ...search }: ModelContent, inputs: number): LogisticModel {
  const isComplete =
    Number.isFinite(intercept) &&
    isNumbers(coefficients, inputs) &&
    isNumbers(means, inputs) &&
    isNumbers(scales, inputs);
  if (!isComplete) throw new Error('coefficients, means and scales must be one number per input');
  return {
    intercept: intercept as number,
    coefficients: Float64Array.from(coefficients),
    means: Float64Array.from(means),
    scales: Float64Array.from(scales),
    iterations: search.iterations as number,
    converged: search.converged as boolean,
  };
}

function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((x) => Number.isFinite(x));
}
