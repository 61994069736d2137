import { requireThat } from '../../errors/invalid-input';
import { MOST_BINS } from './binned-columns';

/** What trees are fitted to. */
export interface TreeRows {
  /** Row-major n x k; NaN where a value is missing. */
  readonly rows: Float64Array;
  readonly n: number;
  readonly k: number;
  /** 0 or 1 per row, both present. */
  readonly labels: Float64Array;
  /** Positive, one per row; default: all 1. */
  readonly weights?: Float64Array;
  /** At most so many bins a column, 2 to 255. */
  readonly maxBins: number;
}

/** @throws InvalidInputError that names the field. */
export function checkTreeRows({ rows, n, k, labels, weights, maxBins }: TreeRows): void {
  requireThat(Number.isInteger(k) && k >= 1, 'k', 'an integer of at least 1', k);
  requireThat(Number.isInteger(n) && n >= 2, 'n', 'an integer of at least 2', n);
  requireThat(rows.length === n * k, 'rows.length', `n x k = ${n * k}`, rows.length);
  requireThat(labels.length === n, 'labels.length', `${n} like n`, labels.length);
  const isBins = Number.isInteger(maxBins) && maxBins >= 2 && maxBins <= MOST_BINS;
  requireThat(isBins, 'maxBins', `an integer from 2 to ${MOST_BINS}`, maxBins);
  for (let i = 0; i < rows.length; i++)
    if (Math.abs(rows[i]) === Infinity) requireThat(false, `rows[${i}]`, 'finite or NaN', rows[i]);
  let ones = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) requireThat(false, `labels[${i}]`, '0 or 1', labels[i]);
    ones += labels[i];
  }
  requireThat(ones > 0 && ones < n, 'labels', 'of both classes', ones === 0 ? 'all 0' : 'all 1');
  if (weights === undefined) return;
  requireThat(weights.length === n, 'weights.length', `${n} like n`, weights.length);
  for (let i = 0; i < n; i++)
    if (!(weights[i] > 0 && weights[i] < Infinity)) requireThat(false, `weights[${i}]`, 'positive', weights[i]);
}
