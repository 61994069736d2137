import { fitNeighbours, neighboursPredictor } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { isNumbers } from '../linear/linear-content';
import type { ModelPlugin } from '../model-plugin';

const LEAST_ROWS = 10;

/** Nearest neighbours on standardised features. The artifact holds the training rows. */
export const knnPlugin: ModelPlugin = {
  key: 'knn',
  version: '1',
  description: 'nearest neighbours on standardised features; predicts the share of rising closes among them',
  task: 'binary_classification',
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
  fit({ rows, count, columns, labels }, params) {
    const asked = params.neighbours as number;
    const { points, means, scales, neighbours } = fitNeighbours({
      rows,
      n: count,
      k: columns,
      labels,
      neighbours: asked,
    });
    return { points: [...points], labels: [...labels], means: [...means], scales: [...scales], neighbours };
  },
  load({ points, labels, means, scales, neighbours }, inputs) {
    if (!isNumbers(means, inputs) || !isNumbers(scales, inputs) || !scales.every((scale) => scale > 0))
      throw new Error('means and scales must be one number per input');
    if (!Array.isArray(labels) || !labels.every((label) => label === 0 || label === 1))
      throw new Error('labels must be 0 or 1');
    if (!isNumbers(points, labels.length * inputs)) throw new Error('points must be one number per label and input');
    const isCount = Number.isInteger(neighbours) && (neighbours as number) >= 1;
    if (!isCount || (neighbours as number) > labels.length)
      throw new Error(`neighbours must be an integer from 1 to ${labels.length}`);
    return neighboursPredictor({
      points: Float64Array.from(points),
      labels: Float64Array.from(labels as number[]),
      means: Float64Array.from(means),
      scales: Float64Array.from(scales),
      neighbours: neighbours as number,
    });
  },
  figures: ({ labels, neighbours }) => ({ stored_rows: (labels as number[]).length, neighbours: neighbours as number }),
};
