import { fitElasticNet, predictElasticNet } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT, classWeights } from '../class-weights';
import { linearContent, linearOf } from '../linear/linear-content';
import { SEARCH_PARAMETERS, searchFigures } from '../linear/search-parameters';
import type { ModelPlugin } from '../model-plugin';

/** Linear log-odds with an elastic-net penalty: inputs that tell nothing have the coefficient 0. */
export const elasticNetPlugin: ModelPlugin = {
  key: 'elastic_net',
  version: '1',
  description:
    'log-odds linear in standardised features, with L1 and L2 penalty; predicts the chance of a rising close',
  task: 'binary_classification',
  parameterSchema: parametersSchema({
    penalty: {
      type: 'number',
      exclusiveMinimum: 0,
      default: 1,
      description: 'both penalties in all, on the summed loss',
    },
    l1_ratio: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'part of it that is L1, the rest is L2',
    },
    ...SEARCH_PARAMETERS,
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: {
    penalty: { values: [0.1, 1, 10, 100], description: 'penalties' },
    l1_ratio: { values: [0.1, 0.5, 0.9, 1], description: 'parts of L1' },
  },
  refit: { every: 63, min_train: 252 },
  leastRows: (columns) => columns + 2,
  fit({ rows, count, columns, labels }, params) {
    const fitted = fitElasticNet({
      rows,
      n: count,
      k: columns,
      labels,
      weights: classWeights(params.class_weight, labels),
      penalty: params.penalty as number,
      l1Ratio: params.l1_ratio as number,
      maxIterations: params.max_iterations as number,
      tolerance: params.tolerance as number,
    });
    const { iterations, converged } = fitted;
    return { ...linearContent(fitted), iterations, converged };
  },
  load(content, inputs) {
    const model = linearOf(content, inputs);
    return (row) => predictElasticNet(model, row);
  },
  figures: (content) => ({
    ...searchFigures(content),
    inputs_used: (content.coefficients as number[]).filter((coefficient) => coefficient !== 0).length,
  }),
};
