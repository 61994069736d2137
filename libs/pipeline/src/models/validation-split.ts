import { hasTwoLabels, rowsBetween, type TrainingSet } from './training-set';

/**
 * The last `fraction` of the rows to judge by, and the rows to fit on: those whose label is known before the first bar
 * of the tail, so that no label spans both. Null where either has but one label.
 */
export function validationSplit(set: TrainingSet, fraction: number): { fit: TrainingSet; tail: TrainingSet } | null {
  const first = set.count - Math.round(fraction * set.count);
  if (first >= set.count) return null;
  const start = set.bar[first]!;
  let end = 0;
  // only the first rows: what is left out is what reaches over, and what comes after it
  while (end < first && set.end[end]! < start) end++;
  const fit = rowsBetween(set, 0, end);
  const tail = rowsBetween(set, first, set.count);
  return hasTwoLabels(fit) && hasTwoLabels(tail) ? { fit, tail } : null;
}
