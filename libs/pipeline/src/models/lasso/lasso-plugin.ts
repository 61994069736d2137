import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT } from '../class-weights';
import { fitNet, loadNet, netFigures } from '../linear/net';
import { SEARCH_PARAMETERS } from '../linear/search-parameters';
import type { ModelPlugin } from '../model-plugin';

/** Linear with an L1 penalty alone (Tibshirani, 1996): it chooses among the inputs. */
export const lassoPlugin: ModelPlugin = {
  key: 'lasso',
  aliases: ['ml.lasso'],
  version: '1',
  description: 'linear in standardised features, with L1 penalty: least squares, or as a classifier log-odds',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    penalty: { type: 'number', exclusiveMinimum: 0, default: 1, description: 'L1 penalty on the summed loss' },
    ...SEARCH_PARAMETERS,
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: { penalty: { values: [0.1, 1, 10, 100], description: 'penalties' } },
  refit: { every: 63, min_train: 252 },
  leastRows: (columns) => columns + 2,
  fit: (set, params) => fitNet(set, params, 1),
  load: loadNet,
  figures: netFigures,
};
