import { requireThat } from '../errors/invalid-input';

/** Half-open range of bar indices. */
export type IndexRange = [start: number, end: number];

/** How the train range moves. `rolling`: with the test, always as long. `expanding`, also called `anchored`: it begins at the first scored bar. */
export const WALK_FORWARD_KINDS = ['rolling', 'expanding', 'anchored'] as const;
export type WalkForwardKind = (typeof WALK_FORWARD_KINDS)[number];

export interface WalkForwardOptions {
  /** First scored bar. */
  readonly from: number;
  /** One past the last scored bar. */
  readonly to: number;
  readonly folds: number;
  /** Train length : test length. */
  readonly ratio: number;
  /** Bars taken from the end of each train range, so that no label reaches into the test. */
  readonly gap: number;
  readonly kind: WalkForwardKind;
}

export interface WalkForwardSplit {
  readonly train: IndexRange;
  readonly test: IndexRange;
}

/**
 * Folds that step by the test size: test = floor(T / (folds + ratio)), train = T - folds x test, the gap taken from the
 * train end. `expanding` and `anchored` train from `from` on. The last test ends at `to`.
 * @throws InvalidInputError when a fold would have no train or no test bar.
 */
export function walkForwardSplits({ from, to, folds, ratio, gap, kind }: WalkForwardOptions): WalkForwardSplit[] {
  requireThat(Number.isInteger(from) && from >= 0, 'from', 'a bar index', from);
  requireThat(Number.isInteger(to) && to >= from, 'to', `a bar index of at least ${from}`, to);
  requireThat(Number.isInteger(folds) && folds >= 1, 'folds', 'an integer of at least 1', folds);
  requireThat(Number.isFinite(ratio) && ratio > 0, 'ratio', 'a positive number', ratio);
  requireThat(Number.isInteger(gap) && gap >= 0, 'gap', 'an integer of at least 0', gap);
  requireThat(WALK_FORWARD_KINDS.includes(kind), 'kind', `one of ${WALK_FORWARD_KINDS.join(', ')}`, kind);
  const total = to - from;
  const test = Math.floor(total / (folds + ratio));
  requireThat(test >= 1, 'to - from', `at least ${Math.ceil(folds + ratio)} bars for ${folds} folds`, total);
  const train = total - folds * test;
  requireThat(gap < train, 'gap', `below the train length of ${train} bars`, gap);
  return Array.from({ length: folds }, (_, fold) => {
    const testStart = from + train + fold * test;
    const trainStart = kind === 'rolling' ? testStart - train : from;
    return { train: [trainStart, testStart - gap], test: [testStart, testStart + test] };
  });
}
