import type { LabelledRows } from '@assay/quant';
import type { TrainingSet } from './training-set';

/** Training rows as the numeric core takes them. */
export const fittedRows = ({ rows, count, columns, labels, weights, task }: TrainingSet): LabelledRows => ({
  rows,
  n: count,
  k: columns,
  labels,
  weights,
  isRegression: task === 'regression',
});
