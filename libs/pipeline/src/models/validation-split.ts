import type { TrainingSet } from './training-set';

/**
 * The last `fraction` of the rows to stop by, and the rows to fit on: those whose label is known before the first bar
 * of the tail, so that no label spans both. Null where either is without one of the labels.
 */
export function validationSplit(set: TrainingSet, fraction: number): { fit: TrainingSet; tail: TrainingSet } | null {
  const first = set.count - Math.round(fraction * set.count);
  if (first >= set.count) return null;
  let end = first;
  while (end > 0 && set.bar[end - 1]! + set.horizon >= set.bar[first]!) end--;
  const fit = part(set, 0, end);
  const tail = part(set, first, set.count);
  return hasBoth(fit) && hasBoth(tail) ? { fit, tail } : null;
}

function part(set: TrainingSet, from: number, to: number): TrainingSet {
  return {
    ...set,
    count: to - from,
    rows: set.rows.subarray(from * set.columns, to * set.columns),
    labels: set.labels.subarray(from, to),
    bar: set.bar.subarray(from, to),
  };
}

const hasBoth = ({ labels }: TrainingSet): boolean => labels.includes(0) && labels.includes(1);
