import { requireThat } from '../errors/invalid-input';

/** What a model is fitted to. */
export interface LabelledRows {
  /** Row-major n x k. */
  readonly rows: Float64Array;
  readonly n: number;
  readonly k: number;
  /** 0 or 1 per row, both present; for a regression finite numbers. */
  readonly labels: Float64Array;
  /** Positive, one per row; default: all 1. */
  readonly weights?: Float64Array;
  /** Whether the labels are numbers to predict rather than two classes; default false. */
  readonly isRegression?: boolean;
}

/**
 * @param mayMiss whether a value may be NaN.
 * @throws InvalidInputError that names the field.
 */
export function checkRows(of: LabelledRows, mayMiss = false): void {
  const { rows, n, k, labels, weights } = of;
  requireThat(Number.isInteger(k) && k >= 1, 'k', 'an integer of at least 1', k);
  requireThat(Number.isInteger(n) && n >= 2, 'n', 'an integer of at least 2', n);
  requireThat(rows.length === n * k, 'rows.length', `n x k = ${n * k}`, rows.length);
  requireThat(labels.length === n, 'labels.length', `${n} like n`, labels.length);
  if (!areFinite(rows)) checkValues(rows, mayMiss);
  checkLabels(of);
  if (weights === undefined) return;
  requireThat(weights.length === n, 'weights.length', `${n} like n`, weights.length);
  for (let i = 0; i < n; i++)
    if (!(weights[i] > 0 && weights[i] < Infinity)) requireThat(false, `weights[${i}]`, 'positive', weights[i]);
}

/** Whether all are finite, soon known of millions: a finite number times 0 is 0, any other NaN. */
function areFinite(values: Float64Array): boolean {
  const { length } = values;
  // four sums that do not wait for each other
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
    c += values[i + 2] * 0;
    d += values[i + 3] * 0;
  }
  for (; i < length; i++) a += values[i] * 0;
  return a + b + c + d === 0;
}

function checkValues(rows: Float64Array, mayMiss: boolean): void {
  for (let i = 0; i < rows.length; i++) {
    if (Number.isFinite(rows[i]) || (mayMiss && Number.isNaN(rows[i]))) continue;
    requireThat(false, `rows[${i}]`, mayMiss ? 'finite or NaN' : 'finite', rows[i]);
  }
}

function checkLabels({ n, labels, isRegression = false }: LabelledRows): void {
  let ones = 0;
  for (let i = 0; i < n; i++) {
    const isRight = isRegression ? Number.isFinite(labels[i]) : labels[i] === 0 || labels[i] === 1;
    if (!isRight) requireThat(false, `labels[${i}]`, isRegression ? 'finite' : '0 or 1', labels[i]);
    ones += labels[i];
  }
  if (isRegression) return;
  requireThat(ones > 0 && ones < n, 'labels', 'of both classes', ones === 0 ? 'all 0' : 'all 1');
}
