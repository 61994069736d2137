import { fitLogistic, predictLogistic } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { fittedRows } from '../fitted-rows';
import { coefficientFigures, linearContent, linearOf } from '../linear/linear-content';
import { SEARCH_PARAMETERS, searchFigures } from '../linear/search-parameters';
import type { ModelPlugin } from '../model-plugin';

/** L2-regularised logistic regression on features standardised with the training rows' own mean and deviation. */
export const logisticPlugin: ModelPlugin = {
  key: 'logistic',
  aliases: ['ml.logistic_regression'],
  version: '1',
  description: 'logistic regression with L2 penalty on standardised features; predicts the chance of label 1',
  tasks: ['classification'],
  parameterSchema: parametersSchema({
    l2: { type: 'number', minimum: 0, default: 1, description: 'L2 penalty' },
    ...SEARCH_PARAMETERS,
  }),
  searchSpace: { l2: { values: [0.01, 0.1, 1, 10, 100], description: 'L2 penalties' } },
  refit: { every: 63, min_train: 252 },
  // a coefficient a column, the intercept, and one to spare
  leastRows: (columns) => columns + 2,
  fit(set, params) {
    const { l2, max_iterations: maxIterations, tolerance } = params as Record<string, number>;
    const fitted = fitLogistic({
      ...fittedRows(set),
      l2: l2!,
      maxIterations: maxIterations!,
      tolerance: tolerance!,
    });
    const { iterations, converged } = fitted;
    return { ...linearContent(fitted), iterations, converged };
  },
  load(content, inputs) {
    const model = linearOf(content, inputs);
    return (row) => predictLogistic(model, row);
  },
  figures: (content, inputs) => ({ ...searchFigures(content), ...coefficientFigures(content, inputs) }),
};
