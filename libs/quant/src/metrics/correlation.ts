import { requireThat } from '../errors/invalid-input';
import { hasMissing } from '../series';
import { mean } from './moments';

/**
 * Pearson's correlation of two series of one length, two-pass, within [-1, 1]; null below two values, where one does not vary and
 * where a value is not finite.
 * @throws InvalidInputError for series of different lengths
 */
export function pearsonCorrelation(a: Float64Array, b: Float64Array): number | null {
  requireThat(a.length === b.length, 'b.length', `${a.length} like a`, b.length);
  if (a.length < 2 || hasMissing(a) || hasMissing(b) || isFlat(a) || isFlat(b)) return null;
  const [centreA, centreB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    const x = a[t] - centreA;
    const y = b[t] - centreB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  // squares of a spread near the ends of the number range leave it
  if (!(aa > 0 && bb > 0 && aa < Infinity && bb < Infinity)) return null;
  return Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb))));
}

/** Ranks from 1 on; equal values have the mean of their ranks. Pearson's correlation of the ranks of two series is Spearman's. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((i, k) => values[i] - values[k]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function isFlat(values: Float64Array): boolean {
  for (let t = 1; t < values.length; t++) if (values[t] !== values[0]) return false;
  return true;
}
