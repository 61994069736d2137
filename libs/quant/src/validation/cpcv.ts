import { InvalidInputError, requireThat } from '../errors/invalid-input';
import { checkCpcvSize, checkSplitCount, MOST_COMBINATIONS } from './split-limit';
import type { IndexRange } from './walk-forward';

export interface CpcvOptions {
  /** Number of observations; they are the bars [from, from + n). */
  readonly n: number;
  readonly groups: number;
  readonly testGroups: number;
  /** Label horizon in bars: the closed label span of bar i is [i, min(i + horizon, last bar)]. */
  readonly horizon: number;
  /** Bars after the last label end of a test block that are not trained on. Default max(horizon, ceil(1 % of n)). */
  readonly embargo?: number;
  readonly from?: number;
  /** Last bar of each observation's label (absolute, one per observation); replaces `horizon` for the spans. */
  readonly labelEnd?: ArrayLike<number>;
}

export interface CpcvSplit {
  readonly testGroups: number[];
  /** Half-open, contiguous groups merged. */
  readonly test: IndexRange[];
  readonly train: IndexRange[];
}

export interface CpcvResult {
  /** In lexicographic order of the test groups. */
  readonly splits: CpcvSplit[];
  /** phi = C(groups - 1, testGroups - 1) paths; each covers every group once, judged by a split that did not train on it. */
  readonly paths: { group: number; split: number }[][];
}

/** All k-subsets of 0..n-1 in lexicographic order. @throws InvalidInputError when there are more than can be listed. */
export function combinations(n: number, k: number): number[][] {
  checkSplitCount('k', n, k, MOST_COMBINATIONS);
  const found: number[][] = [];
  const chosen: number[] = [];
  const extend = (next: number): void => {
    if (chosen.length === k) {
      found.push([...chosen]);
      return;
    }
    for (let i = next; i <= n - (k - chosen.length); i++) {
      chosen.push(i);
      extend(i + 1);
      chosen.pop();
    }
  };
  extend(0);
  return found;
}

/** Contiguous ranges of equal size; the remainder goes to the first ones. */
function groupRanges(from: number, n: number, groups: number): IndexRange[] {
  const size = Math.floor(n / groups);
  const longer = n % groups;
  let start = from;
  return Array.from({ length: groups }, (_, g) => {
    const range: IndexRange = [start, start + size + (g < longer ? 1 : 0)];
    start = range[1];
    return range;
  });
}

function rangesWhere(included: Uint8Array, from: number): IndexRange[] {
  const ranges: IndexRange[] = [];
  for (let i = 0; i < included.length; i++) {
    if (!included[i]) continue;
    const start = i;
    while (i < included.length && included[i]) i++;
    ranges.push([from + start, from + i]);
  }
  return ranges;
}

/** Removes train observations whose label span meets a test block's span, and the embargo after it. */
function trainMask(test: readonly IndexRange[], end: Float64Array, from: number, embargo: number): Uint8Array {
  const included = new Uint8Array(end.length).fill(1);
  for (const [blockStart, blockEnd] of test) {
    let lastLabel = blockEnd - 1;
    for (let i = blockStart; i < blockEnd; i++) lastLabel = Math.max(lastLabel, end[i - from]);
    for (let i = 0; i < end.length; i++) {
      const bar = from + i;
      if (bar <= lastLabel + embargo && (bar >= blockStart || end[i] >= blockStart)) included[i] = 0;
    }
  }
  return included;
}

function checkOptions({ n, groups, testGroups, horizon, embargo, from, labelEnd }: CpcvOptions): void {
  requireThat(Number.isInteger(groups) && groups >= 2, 'groups', 'an integer of at least 2', groups);
  requireThat(
    Number.isInteger(testGroups) && testGroups >= 1 && testGroups < groups,
    'testGroups',
    `an integer from 1 to ${groups - 1}`,
    testGroups,
  );
  requireThat(Number.isInteger(n) && n >= groups, 'n', `an integer of at least ${groups} (groups)`, n);
  requireThat(Number.isInteger(horizon) && horizon >= 0, 'horizon', 'an integer of at least 0', horizon);
  requireThat(
    embargo === undefined || (Number.isInteger(embargo) && embargo >= 0),
    'embargo',
    'an integer of at least 0',
    embargo,
  );
  requireThat(from === undefined || (Number.isInteger(from) && from >= 0), 'from', 'a bar index', from);
  requireThat(labelEnd === undefined || labelEnd.length === n, 'labelEnd.length', `${n} like n`, labelEnd?.length);
  checkCpcvSize({ n, groups, testGroups });
}

/**
 * Combinatorial purged cross-validation (Lopez de Prado 2018, ch. 7 and 12).
 *
 * Contiguous test groups are merged before purging. A train bar is purged when its label span meets
 * [block start, max label end of the block], on both sides of every block; the embargo follows that label end.
 * @throws InvalidInputError naming the option at fault, also for more splits than `MOST_SPLITS`.
 */
export function cpcvSplits(options: CpcvOptions): CpcvResult {
  checkOptions(options);
  const { n, groups, testGroups, horizon, from = 0, labelEnd } = options;
  const embargo = options.embargo ?? Math.max(horizon, Math.ceil(n / 100));
  const last = from + n - 1;
  const end = Float64Array.from({ length: n }, (_, i) => Math.min(labelEnd ? labelEnd[i] : from + i + horizon, last));
  for (let i = 0; i < n; i++) {
    if (!(end[i] >= from + i))
      throw new InvalidInputError(`labelEnd[${i}] must be at least ${from + i}, was ${end[i]}`, { field: 'labelEnd' });
  }
  const ranges = groupRanges(from, n, groups);
  const splits = combinations(groups, testGroups).map((chosen): CpcvSplit => {
    const tested = new Uint8Array(n);
    for (const g of chosen) tested.fill(1, ranges[g][0] - from, ranges[g][1] - from);
    const test = rangesWhere(tested, from);
    const included = trainMask(test, end, from, embargo);
    for (let i = 0; i < n; i++) {
      if (included[i] && tested[i]) throw new Error(`invariant: bar ${from + i} is in train and test`);
    }
    return { testGroups: chosen, test, train: rangesWhere(included, from) };
  });
  return { splits, paths: assignPaths(splits, groups) };
}

/** The path of a tested group is the running count of its occurrences over the splits. */
function assignPaths(splits: readonly CpcvSplit[], groups: number): { group: number; split: number }[][] {
  const occurrences = new Array<number>(groups).fill(0);
  const paths: { group: number; split: number }[][] = [];
  splits.forEach(({ testGroups }, split) => {
    for (const group of testGroups) {
      (paths[occurrences[group]] ??= []).push({ group, split });
      occurrences[group] += 1;
    }
  });
  return paths.map((path) => path.sort((a, b) => a.group - b.group));
}
