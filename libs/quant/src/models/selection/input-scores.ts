import { pearsonCorrelation } from '../../metrics/correlation';
import { sampleStd } from '../../metrics/moments';

/** Most intervals that the values of an input, or of labels that are numbers, are parted into. */
const MOST_BINS = 10;
/** Rows that a cell of the table of inputs and labels has on the average, at least: below them its counts tell little. */
const ROWS_OF_A_CELL = 5;

/**
 * F of an input and the labels: r^2 (n - 2) / (1 - r^2) with Pearson's r. Of labels 0 and 1 that is the F of a one-way analysis
 * of variance of the input by label, of numbers that of a straight line, each the square of Student's t; scikit-learn's
 * `f_classif` and `f_regression`. `Number.MAX_VALUE` where the line is exact; null below three rows, and where either does not
 * vary or its squares leave the number range.
 * @param values of the input, one a row, finite; `labels` alike
 */
export function fStatistic(values: Float64Array, labels: Float64Array): number | null {
  const n = values.length;
  if (n < 3) return null;
  const r = pearsonCorrelation(values, labels);
  if (r === null) return null;
  return Math.min((r * r * (n - 2)) / (1 - r * r), Number.MAX_VALUE);
}

/**
 * Mutual information of an input and the labels in nats, of the table of their bins, less what independent ones have in it on the
 * average, (a - 1)(b - 1) / 2n of a and b bins that hold a row (Miller, 1955); so it may be below 0. Bins hold as many rows each as
 * ties allow, at most 10 and no more than leave 5 rows a cell: min(10, floor(sqrt(n / 5))), at least 2. The bin of a value is
 * floor(bins x values below it / n), so equal values share one; labels 0 and 1 are their own. Null below two rows, and where either
 * does not vary.
 * @param values of the input, one a row, finite; `labels` alike
 */
export function binnedMutualInformation(
  values: Float64Array,
  labels: Float64Array,
  isRegression: boolean,
): number | null {
  const n = values.length;
  const bins = Math.max(2, Math.min(MOST_BINS, Math.floor(Math.sqrt(n / ROWS_OF_A_CELL))));
  const inputs = binsOf(values, bins);
  const outputs = isRegression ? binsOf(labels, bins) : labels;
  const joint = new Float64Array(bins * bins);
  const [ofInput, ofOutput] = [new Float64Array(bins), new Float64Array(bins)];
  for (let i = 0; i < n; i++) {
    joint[inputs[i] * bins + outputs[i]]++;
    ofInput[inputs[i]]++;
    ofOutput[outputs[i]]++;
  }
  const [a, b] = [occupied(ofInput), occupied(ofOutput)];
  if (a < 2 || b < 2) return null;
  let information = 0;
  for (let cell = 0; cell < joint.length; cell++) {
    const count = joint[cell];
    if (count === 0) continue;
    const expected = ofInput[Math.floor(cell / bins)] * ofOutput[cell % bins];
    information += (count / n) * Math.log((count * n) / expected);
  }
  return information - ((a - 1) * (b - 1)) / (2 * n);
}

/** Population variance of an input, as scikit-learn's `VarianceThreshold` has it; null for no values, and beyond the number range. */
export function inputVariance(values: Float64Array): number | null {
  const n = values.length;
  if (n === 0) return null;
  if (n === 1) return 0;
  const variance = (sampleStd(values) ** 2 * (n - 1)) / n;
  return Number.isFinite(variance) ? variance : null;
}

function binsOf(values: Float64Array, bins: number): Float64Array {
  const n = values.length;
  const order = Uint32Array.from(values.keys()).sort((i, k) => values[i] - values[k]);
  const found = new Float64Array(n);
  for (let at = 0, below = 0; at < n; at++) {
    if (values[order[at]] !== values[order[below]]) below = at;
    found[order[at]] = Math.floor((bins * below) / n);
  }
  return found;
}

function occupied(counts: Float64Array): number {
  let found = 0;
  for (const count of counts) if (count > 0) found++;
  return found;
}
