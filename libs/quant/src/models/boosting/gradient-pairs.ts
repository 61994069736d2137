import { exponential } from '../exponential';
import type { HistogramMemory } from '../trees/histogram-memory';
import { boostingRows, type BoostingRows } from './boosting-rows';

const LEAST_HESSIAN = 1e-16;

/** Gradient and hessian of rows [from, to): of the log loss, of a regression of half the squared error. */
export function writePairs(memory: HistogramMemory, isRegression: boolean, from: number, to: number): void {
  const rows = boostingRows(memory);
  const { kernels, pairs } = memory;
  if (isRegression) squaredErrorPairs(rows, pairs, from, to);
  else if (kernels === null) logLossPairs(rows, pairs, from, to);
  else {
    const at = (numbers: Float64Array, place: number): number =>
      numbers.byteOffset + place * Float64Array.BYTES_PER_ELEMENT;
    const weights = rows.weights === undefined ? 0 : at(rows.weights, from);
    kernels.logLossPairs(at(rows.scores, from), at(rows.labels, from), weights, at(pairs, 2 * from), to - from);
  }
}

function logLossPairs({ scores, labels, weights }: BoostingRows, pairs: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const score = scores[i];
    const e = exponential(score < 0 ? score : -score);
    const above = 1 / (1 + e);
    const below = e * above;
    const weight = weights === undefined ? 1 : weights[i];
    const p = score < 0 ? below : above;
    pairs[2 * i] = weight * (p - labels[i]);
    pairs[2 * i + 1] = weight * Math.max(above * below, LEAST_HESSIAN);
  }
}

function squaredErrorPairs(
  { scores, labels, weights }: BoostingRows,
  pairs: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    pairs[2 * i] = weight * (scores[i] - labels[i]);
    pairs[2 * i + 1] = weight;
  }
}
