import { fitRidge, linearScore, predictRidge } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT, classWeights } from '../class-weights';
import { fittedRows } from '../fitted-rows';
import { coefficientFigures, linearContent, linearOf } from '../linear/linear-content';
import type { ModelPlugin } from '../model-plugin';

/** Ridge regression, or a classifier by it. Its chance is half of 1 plus the score, cut off at 0 and 1: it ranks and decides, but is not calibrated. */
export const ridgePlugin: ModelPlugin = {
  key: 'ridge',
  aliases: ['ml.ridge'],
  version: '1',
  description:
    'ridge regression on standardised features; as a classifier it predicts (1 + score) / 2 between 0 and 1, above 0.5 for label 1',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    l2: { type: 'number', minimum: 0, default: 1, description: 'L2 penalty on the summed squared errors' },
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: { l2: { values: [0.1, 1, 10, 100, 1000], description: 'L2 penalties' } },
  refit: { every: 63, min_train: 252 },
  leastRows: (columns) => columns + 2,
  fit(set, params) {
    const weights = classWeights(params.class_weight, set);
    return linearContent(fitRidge({ ...fittedRows(set), weights, l2: params.l2 as number }));
  },
  load(content, inputs, task) {
    const model = linearOf(content, inputs);
    return (row) => (task === 'regression' ? linearScore(model, row) : predictRidge(model, row));
  },
  figures: coefficientFigures,
};
