import type { LabelledRows } from '../labelled-rows';

const LEAST_HESSIAN = 1e-16;

type Labelled = Pick<LabelledRows, 'labels' | 'weights' | 'isRegression'>;

/** Gradient and hessian of rows [from, to): of the log loss, of a regression of half the squared error. */
export function writePairs(of: Labelled, scores: Float64Array, pairs: Float64Array, from: number, to: number): void {
  if (of.isRegression) squaredErrorPairs(of, scores, pairs, from, to);
  else logLossPairs(of, scores, pairs, from, to);
}

function logLossPairs(
  { labels, weights }: Labelled,
  scores: Float64Array,
  pairs: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const score = scores[i];
    const e = Math.exp(score < 0 ? score : -score);
    const above = 1 / (1 + e);
    const below = e * above;
    const weight = weights === undefined ? 1 : weights[i];
    const p = score < 0 ? below : above;
    pairs[2 * i] = weight * (p - labels[i]);
    pairs[2 * i + 1] = weight * Math.max(above * below, LEAST_HESSIAN);
  }
}

function squaredErrorPairs(
  { labels, weights }: Labelled,
  scores: Float64Array,
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
