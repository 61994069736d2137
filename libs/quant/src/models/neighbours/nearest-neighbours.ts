import { requireThat } from '../../errors/invalid-input';
import { checkRows, type LabelledRows } from '../labelled-rows';
import { standardise } from '../linear/standardise';

export interface NeighboursModel {
  /** Standardised training rows, row-major n x k. */
  readonly points: Float64Array;
  readonly labels: Float64Array;
  /** Per training row; absent: all count the same. */
  readonly weights?: Float64Array;
  readonly means: Float64Array;
  readonly scales: Float64Array;
  /** How many rows are asked, at most n. */
  readonly neighbours: number;
}

/**
 * The rows themselves, each feature less its mean over its population deviation.
 * @throws InvalidInputError that names the field.
 */
export function fitNeighbours(options: LabelledRows & { readonly neighbours: number }): NeighboursModel {
  const { rows, n, k, labels, weights, neighbours } = options;
  requireThat(Number.isInteger(neighbours) && neighbours >= 1, 'neighbours', 'an integer of at least 1', neighbours);
  checkRows(options);
  const { x, means, scales } = standardise(rows, n, k);
  const own = weights === undefined ? {} : { weights: weights.slice() };
  return { points: x, labels: labels.slice(), ...own, means, scales, neighbours: Math.min(neighbours, n) };
}

/**
 * The mean label, of two classes the share of label 1, of the nearest rows by Euclidean distance, by their weights; of rows at one distance the earlier ones are
 * asked. NaN where a feature is NaN. Every row is looked at until it is farther than the farthest asked; no allocation.
 */
export function neighboursPredictor({
  points,
  labels,
  weights,
  means,
  scales,
  neighbours,
}: NeighboursModel): (row: ArrayLike<number>) => number {
  const k = means.length;
  const at = new Float64Array(k);
  const distances = new Float64Array(neighbours);
  const asked = new Int32Array(neighbours);
  return (row) => {
    for (let j = 0; j < k; j++) {
      at[j] = (row[j] - means[j]) / scales[j];
      if (Number.isNaN(at[j])) return NaN;
    }
    let found = 0;
    for (let i = 0, base = 0; i < labels.length; i++, base += k) {
      const most = found < neighbours ? Infinity : distances[neighbours - 1];
      let distance = 0;
      for (let j = 0; j < k && distance < most; j++) {
        const difference = points[base + j] - at[j];
        distance += difference * difference;
      }
      if (found === neighbours && !(distance < most)) continue;
      let place = found < neighbours ? found++ : neighbours - 1;
      for (; place > 0 && distances[place - 1] > distance; place--) {
        distances[place] = distances[place - 1];
        asked[place] = asked[place - 1];
      }
      distances[place] = distance;
      asked[place] = i;
    }
    let [sum, all] = [0, 0];
    for (let i = 0; i < neighbours; i++) {
      const weight = weights === undefined ? 1 : weights[asked[i]];
      sum += weight * labels[asked[i]];
      all += weight;
    }
    return sum / all;
  };
}
