import { taskOf, type ModelPlan, type ModelTask } from '@assay/contracts';
import { rowLabels } from './row-labels';

/** Half-open range of bar indices. */
export type BarRange = readonly [from: number, to: number];

/** Training rows in time order: feature rows whose label exists. Row j is bar `bar[j]`, its label is known at the close of bar `end[j]`. */
export interface TrainingSet {
  readonly columns: number;
  readonly task: ModelTask;
  /** Row-major, `count` x `columns`; complete unless the kind takes missing values (NaN). */
  readonly rows: Float64Array;
  /** 0 or 1, or numbers for a regression. */
  readonly labels: Float64Array;
  readonly bar: Int32Array;
  readonly end: Int32Array;
  /** Positive, one a row; absent: all count the same. */
  readonly weights?: Float64Array;
  readonly count: number;
  /** The columns over all bars, for kinds that read the rows of bars before: a row of bar t may read up to bar t. */
  readonly history: readonly Float64Array[];
}

/** What rows are made of. */
export interface RowSource {
  /** Columns of the model's inputs, in their order, over the full history. */
  features: readonly Float64Array[];
  close: Float64Array;
  /** Leading bars on which some input cannot have a value yet. */
  warmUp: number;
}

export interface RowRules {
  /** Whether a row may miss some of its values; without, it is left out. */
  mayMiss?: boolean;
  /** First bar that can be a row; where values may be missing those before it are not warm. Default 0. */
  from?: number;
}

/** Rows with a missing label or no value are left out, never filled. */
export function buildTrainingSet(
  plan: Pick<ModelPlan, 'label' | 'inputs'>,
  { features, close }: Pick<RowSource, 'features' | 'close'>,
  { mayMiss = false, from = 0 }: RowRules = {},
): TrainingSet {
  const n = close.length;
  const columns = features.length;
  const { values, ends } = rowLabels(plan, features, close);
  const rows = new Float64Array(n * columns);
  const labels = new Float64Array(n);
  const bar = new Int32Array(n);
  const end = new Int32Array(n);
  let count = 0;
  for (let i = from; i < n; i++) {
    if (Number.isNaN(values[i]!)) continue;
    let present = 0;
    let isUsable = true;
    for (let c = 0; c < columns; c++) {
      const value = features[c]![i]!;
      rows[count * columns + c] = value;
      if (Number.isFinite(value)) present++;
      else if (!mayMiss || !Number.isNaN(value)) isUsable = false;
    }
    if (!isUsable || present === 0) continue;
    labels[count] = values[i]!;
    bar[count] = i;
    end[count] = ends[i]!;
    count++;
  }
  return {
    columns,
    task: taskOf(plan.label),
    count,
    history: features,
    rows: rows.subarray(0, count * columns),
    labels: labels.subarray(0, count),
    bar: bar.subarray(0, count),
    end: end.subarray(0, count),
  };
}

/** The rows whose label is known at the close of bar `t`; shares memory where they are the first ones. */
export function rowsKnownAt(set: TrainingSet, t: number): TrainingSet {
  let known = 0;
  let isLeading = true;
  for (let i = 0; i < set.count; i++) {
    if (set.end[i]! > t) continue;
    if (known < i) isLeading = false;
    known++;
  }
  return isLeading ? leadingRows(set, known) : rowsWhere(set, (i) => set.end[i]! <= t, known);
}

/** First bar at whose close so many labels are known; Infinity where there are not as many. */
export function barOfKnown(set: TrainingSet, rows: number): number {
  return set.count < rows ? Infinity : set.end.slice().sort()[rows - 1]!;
}

/** The first `count` rows; shares memory. */
function leadingRows(set: TrainingSet, count: number): TrainingSet {
  return rowsBetween(set, 0, count);
}

/** Rows [from, to); shares memory. */
export function rowsBetween(set: TrainingSet, from: number, to: number): TrainingSet {
  return {
    ...set,
    count: to - from,
    rows: set.rows.subarray(from * set.columns, to * set.columns),
    labels: set.labels.subarray(from, to),
    bar: set.bar.subarray(from, to),
    end: set.end.subarray(from, to),
    ...(set.weights === undefined ? {} : { weights: set.weights.subarray(from, to) }),
  };
}

/** The rows whose bar lies in one of the ranges (ascending, disjoint). */
export function rowsIn(set: TrainingSet, ranges: readonly BarRange[]): TrainingSet {
  const isIn = new Uint8Array(set.count);
  let count = 0;
  let range = 0;
  for (let i = 0; i < set.count; i++) {
    const at = set.bar[i]!;
    while (range < ranges.length && ranges[range]![1] <= at) range++;
    if (range === ranges.length || at < ranges[range]![0]) continue;
    isIn[i] = 1;
    count++;
  }
  return rowsWhere(set, (i) => isIn[i] === 1, count);
}

/** The rows that a rule holds for, a copy. */
export function rowsWhere(set: TrainingSet, holds: (row: number) => boolean, count = countOf(set, holds)): TrainingSet {
  const { columns } = set;
  const rows = rowArray(count * columns);
  const labels = new Float64Array(count);
  const bar = new Int32Array(count);
  const end = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < set.count; i++) {
    if (!holds(i)) continue;
    for (let c = 0; c < columns; c++) rows[at * columns + c] = set.rows[i * columns + c]!;
    labels[at] = set.labels[i]!;
    bar[at] = set.bar[i]!;
    end[at++] = set.end[i]!;
  }
  return { ...set, count, rows, labels, bar, end };
}

/** The rows with some of their columns; a copy, but of the history. */
export function withColumns(set: TrainingSet, kept: readonly number[]): TrainingSet {
  const { count, columns } = set;
  const rows = rowArray(count * kept.length);
  for (let i = 0, at = 0; i < count; i++) for (const c of kept) rows[at++] = set.rows[i * columns + c]!;
  return { ...set, columns: kept.length, rows, history: kept.map((c) => set.history[c]!) };
}

/** In memory that threads can share: a fit on several of them copies nothing. */
const rowArray = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** Whether the rows tell two labels apart. */
export function hasTwoLabels({ labels, count }: TrainingSet): boolean {
  for (let i = 1; i < count; i++) if (labels[i] !== labels[0]) return true;
  return false;
}

function countOf({ count }: TrainingSet, holds: (row: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < count; i++) if (holds(i)) found++;
  return found;
}
