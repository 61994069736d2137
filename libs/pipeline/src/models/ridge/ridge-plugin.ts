import { fitRidge, predictRidge } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT, classWeights } from '../class-weights';
import { linearContent, linearOf } from '../linear/linear-content';
import type { ModelPlugin } from '../model-plugin';

/** Ridge classifier. Its chance is half of 1 plus the score, cut off at 0 and 1: it ranks and decides, but is not calibrated. */
export const ridgePlugin: ModelPlugin = {
  key: 'ridge',
  version: '1',
  description:
    'ridge classifier on standardised features; predicts (1 + score) / 2 between 0 and 1, above 0.5 for a rising close',
  task: 'binary_classification',
  parameterSchema: parametersSchema({
    l2: { type: 'number', minimum: 0, default: 1, description: 'L2 penalty on the summed squared errors' },
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: { l2: { values: [0.1, 1, 10, 100, 1000], description: 'L2 penalties' } },
  refit: { every: 63, min_train: 252 },
  leastRows: (columns) => columns + 2,
  fit({ rows, count, columns, labels }, params) {
    const weights = classWeights(params.class_weight, labels);
    return linearContent(fitRidge({ rows, n: count, k: columns, labels, weights, l2: params.l2 as number }));
  },
  load(content, inputs) {
    const model = linearOf(content, inputs);
    return (row) => predictRidge(model, row);
  },
  figures: () => ({}),
};
