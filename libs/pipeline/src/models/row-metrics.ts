import type { TrainingSet } from './training-set';

const FLOOR = 1e-15;

/** Null where it is not defined. */
export type RowMetrics = Record<string, number | null>;

/**
 * How predictions describe labels, row by row; rows without a prediction are left out.
 * Of a classification: `log_loss` (chances kept within 1e-15 of 0 and 1), `accuracy` (a chance above 0.5 says 1), `auc` and
 * `base_rate`, the share of 1. Of a regression: `mse`, `mae`, `hit_rate` (the sign is right, of labels that are not 0).
 * Of both `ic`, the rank correlation of prediction and label.
 */
export function rowMetrics(task: TrainingSet['task'], said: Float64Array, labels: Float64Array): RowMetrics {
  const known = Int32Array.from(said.keys()).filter((i) => !Number.isNaN(said[i]!));
  const predictions = Float64Array.from(known, (i) => said[i]!);
  const truth = Float64Array.from(known, (i) => labels[i]!);
  const of = task === 'regression' ? regressionMetrics : classificationMetrics;
  return { ...of(predictions, truth), ic: rankCorrelation(predictions, truth) };
}

function classificationMetrics(said: Float64Array, labels: Float64Array): RowMetrics {
  const n = said.length;
  let [loss, hits, ones] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [p, y] = [said[i]!, labels[i]!];
    ones += y;
    hits += Number(p > 0.5 === (y === 1));
    loss -= Math.log(Math.max(y === 1 ? p : 1 - p, FLOOR));
  }
  const mean = (sum: number): number | null => (n > 0 ? sum / n : null);
  return { log_loss: mean(loss), accuracy: mean(hits), base_rate: mean(ones), auc: areaUnderCurve(said, labels) };
}

function regressionMetrics(said: Float64Array, labels: Float64Array): RowMetrics {
  const n = said.length;
  let [squares, sizes, hits, moved] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const error = said[i]! - labels[i]!;
    squares += error * error;
    sizes += Math.abs(error);
    if (labels[i] === 0) continue;
    moved++;
    hits += Number(Math.sign(said[i]!) === Math.sign(labels[i]!));
  }
  return {
    mse: n > 0 ? squares / n : null,
    mae: n > 0 ? sizes / n : null,
    hit_rate: moved > 0 ? hits / moved : null,
  };
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) out[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

/** Chance that a row of label 1 is told a higher number than one of label 0, half of it where they are equal (Mann and Whitney, 1947). */
function areaUnderCurve(said: Float64Array, labels: Float64Array): number | null {
  const ranked = ranks(said);
  let [sum, ones] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 1) continue;
    sum += ranked[i]!;
    ones++;
  }
  const zeros = labels.length - ones;
  return ones > 0 && zeros > 0 ? (sum - (ones * (ones + 1)) / 2) / (ones * zeros) : null;
}

/** Spearman's; null where either says the same of all rows. */
function rankCorrelation(said: Float64Array, labels: Float64Array): number | null {
  const [a, b] = [ranks(said), ranks(labels)];
  const middle = (a.length + 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middle, b[i]! - middle];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : null;
}
