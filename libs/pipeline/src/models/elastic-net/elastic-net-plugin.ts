import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT } from '../class-weights';
import { fitNet, loadNet, netFigures } from '../linear/net';
import { SEARCH_PARAMETERS } from '../linear/search-parameters';
import type { ModelPlugin } from '../model-plugin';

/** Linear with an elastic-net penalty: inputs that tell nothing have the coefficient 0. */
export const elasticNetPlugin: ModelPlugin = {
  key: 'elastic_net',
  aliases: ['ml.elastic_net'],
  version: '1',
  description: 'linear in standardised features, with L1 and L2 penalty: least squares, or as a classifier log-odds',
  tasks: ['classification', 'regression'],
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
  fit: (set, params) => fitNet(set, params, params.l1_ratio as number),
  load: loadNet,
  figures: netFigures,
};
