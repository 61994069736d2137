import { fitNeighbours, neighboursPredictor } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { fittedRows } from '../fitted-rows';
import { isNumbers } from '../linear/linear-content';
import type { ModelPlugin } from '../model-plugin';

const LEAST_ROWS = 10;

/** Nearest neighbours on standardised features. The artifact holds the training rows. */
export const knnPlugin: ModelPlugin = {
  key: 'knn',
  aliases: ['ml.knn'],
  version: '1',
  description:
    'nearest neighbours on standardised features; predicts their mean label, of two classes the share of label 1',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    neighbours: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 25,
      description: 'training rows that are asked, all of them where they are fewer',
    },
  }),
  searchSpace: { neighbours: { values: [5, 10, 25, 50, 100], description: 'numbers of neighbours' } },
  refit: { every: 63, min_train: 252 },
  leastRows: () => LEAST_ROWS,
  fit(set, params) {
    const asked = params.neighbours as number;
    const { points, labels, weights, means, scales, neighbours } = fitNeighbours({
      ...fittedRows(set),
      neighbours: asked,
    });
    const own = weights === undefined ? {} : { weights: [...weights] };
    return { points: [...points], labels: [...labels], ...own, means: [...means], scales: [...scales], neighbours };
  },
  load({ points, labels, weights, means, scales, neighbours }, inputs, task) {
    if (!isNumbers(means, inputs) || !isNumbers(scales, inputs) || !scales.every((scale) => scale > 0))
      throw new Error('means and scales must be one number per input');
    const isLabel = (label: unknown): boolean =>
      task === 'regression' ? Number.isFinite(label) : label === 0 || label === 1;
    if (!Array.isArray(labels) || !labels.every(isLabel))
      throw new Error(`labels must be ${task === 'regression' ? 'numbers' : '0 or 1'}`);
    const isWeighted = weights !== undefined;
    if (isWeighted && !(isNumbers(weights, labels.length) && weights.every((weight) => weight > 0)))
      throw new Error('weights must be one positive number per label');
    if (!isNumbers(points, labels.length * inputs)) throw new Error('points must be one number per label and input');
    const isCount = Number.isInteger(neighbours) && (neighbours as number) >= 1;
    if (!isCount || (neighbours as number) > labels.length)
      throw new Error(`neighbours must be an integer from 1 to ${labels.length}`);
    return neighboursPredictor({
      points: Float64Array.from(points),
      labels: Float64Array.from(labels as number[]),
      weights: isWeighted ? Float64Array.from(weights as number[]) : undefined,
      means: Float64Array.from(means),
      scales: Float64Array.from(scales),
      neighbours: neighbours as number,
    });
  },
  figures: ({ labels, neighbours }) => ({ stored_rows: (labels as number[]).length, neighbours: neighbours as number }),
};
