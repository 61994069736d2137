import { forwardReturnLabels } from '@assay/quant';

/** Half-open range of bar indices. */
export type BarRange = readonly [from: number, to: number];

/** Training rows in time order: complete feature rows whose label exists. Row j is bar `bar[j]`, its label is known at the close of bar `bar[j] + horizon`. */
export interface TrainingSet {
  readonly columns: number;
  readonly horizon: number;
  /** Row-major, `count` x `columns`. */
  readonly rows: Float64Array;
  /** 1 where the close rises over the horizon, else 0. */
  readonly labels: Float64Array;
  readonly bar: Int32Array;
  readonly count: number;
  /** The columns over all bars, for kinds that read the rows of bars before: a row of bar t may read up to bar t. */
  readonly history: readonly Float64Array[];
}

/** Rows with a missing feature or label are left out, never filled. */
export function buildTrainingSet(features: readonly Float64Array[], close: Float64Array, horizon: number): TrainingSet {
  const n = close.length;
  const columns = features.length;
  const all = forwardReturnLabels(close, horizon);
  const rows = new Float64Array(n * columns);
  const labels = new Float64Array(n);
  const bar = new Int32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(all[i]!)) continue;
    let complete = true;
    for (let c = 0; c < columns; c++) {
      const value = features[c]![i]!;
      rows[count * columns + c] = value;
      if (!Number.isFinite(value)) complete = false;
    }
    if (!complete) continue;
    labels[count] = all[i]!;
    bar[count] = i;
    count++;
  }
  return {
    columns,
    horizon,
    count,
    history: features,
    rows: rows.subarray(0, count * columns),
    labels: labels.subarray(0, count),
    bar: bar.subarray(0, count),
  };
}

/** How many leading rows have a label that is known at the close of bar `t`. */
export function rowsKnownAt(set: TrainingSet, t: number): number {
  return rowsBefore(set, t - set.horizon + 1);
}

/** How many leading rows lie before bar `t`. */
function rowsBefore(set: TrainingSet, t: number): number {
  let low = 0;
  let high = set.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (set.bar[middle]! < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first `count` rows; shares memory. */
export function leadingRows(set: TrainingSet, count: number): TrainingSet {
  return {
    ...set,
    count,
    rows: set.rows.subarray(0, count * set.columns),
    labels: set.labels.subarray(0, count),
    bar: set.bar.subarray(0, count),
  };
}

/** The rows whose bar lies in one of the ranges (ascending, disjoint). */
export function rowsIn(set: TrainingSet, ranges: readonly BarRange[]): TrainingSet {
  const spans = ranges.map(([from, to]) => [rowsBefore(set, from), rowsBefore(set, to)] as const);
  const count = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const rows = new Float64Array(count * set.columns);
  const labels = new Float64Array(count);
  const bar = new Int32Array(count);
  let at = 0;
  for (const [from, to] of spans) {
    rows.set(set.rows.subarray(from * set.columns, to * set.columns), at * set.columns);
    labels.set(set.labels.subarray(from, to), at);
    bar.set(set.bar.subarray(from, to), at);
    at += to - from;
  }
  return { ...set, count, rows, labels, bar };
}
