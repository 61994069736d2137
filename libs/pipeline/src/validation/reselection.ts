import { concatColumns, highestTie, PURE_NUMBER } from '@assay/quant';
import type { CpcvOutcome } from './cpcv';
import { meanOrNull, summarise } from './return-summary';
import type { AlignedTrials } from './trial-series';
import type { WalkForwardOutcome } from './walk-forward';

export interface ReselectionFold {
  /** Position of the chosen trial in the ledger, -1 when none has a training Sharpe. */
  chosen: number;
  isSharpe: number | null;
  oosSharpe: number | null;
}

export interface Reselection {
  folds: ReselectionFold[];
  meanIs: number | null;
  meanOos: number | null;
}

type Ranges = readonly (readonly [number, number])[];

/**
 * What the search itself would have earned: in each training set the trial with the highest Sharpe is chosen anew and
 * judged on the test blocks. Ranges are bar indices of the aligned series. Information beside the gates, never a gate.
 */
export function reselect(
  trials: readonly Float64Array[],
  splits: readonly { train: Ranges; test: Ranges }[],
  periodsPerYear: number,
): Reselection {
  const best = new Float64Array(splits.length).fill(-Infinity);
  const winner = new Int32Array(splits.length).fill(-1);
  const moments = emptyMoments(trials[0]?.length ?? 0);
  trials.forEach((returns, i) => {
    sumMoments(returns, moments);
    splits.forEach(({ train }, s) => {
      const sharpe = sharpeOver(moments, train);
      // of trials that differ in size alone the first
      if (sharpe > highestTie(best[s]!, PURE_NUMBER)) {
        best[s] = sharpe;
        winner[s] = i;
      }
    });
  });
  const folds = splits.map(({ test }, s): ReselectionFold => {
    const chosen = winner[s]!;
    if (chosen < 0) return { chosen, isSharpe: null, oosSharpe: null };
    const oos = concatColumns(test.map(([from, to]) => trials[chosen]!.subarray(from, to)));
    return { chosen, isSharpe: best[s]! * Math.sqrt(periodsPerYear), oosSharpe: summarise(oos, periodsPerYear).sharpe };
  });
  return {
    folds,
    meanIs: meanOrNull(folds.map((fold) => fold.isSharpe)),
    meanOos: meanOrNull(folds.map((fold) => fold.oosSharpe)),
  };
}

interface PrefixMoments {
  sums: Float64Array;
  squares: Float64Array;
}

function emptyMoments(length: number): PrefixMoments {
  return { sums: new Float64Array(length + 1), squares: new Float64Array(length + 1) };
}

/** Writes the sums of the returns, and of their squares, before each bar. */
function sumMoments(returns: Float64Array, { sums, squares }: PrefixMoments): void {
  for (let i = 0; i < returns.length; i++) {
    sums[i + 1] = sums[i]! + returns[i]!;
    squares[i + 1] = squares[i]! + returns[i]! * returns[i]!;
  }
}

/** Per-bar Sharpe over the ranges; -Infinity where undefined, so that it is never chosen. */
function sharpeOver({ sums, squares }: PrefixMoments, ranges: Ranges): number {
  let n = 0;
  let sum = 0;
  let square = 0;
  for (const [from, to] of ranges) {
    n += to - from;
    sum += sums[to]! - sums[from]!;
    square += squares[to]! - squares[from]!;
  }
  const variance = (square - (sum * sum) / n) / (n - 1);
  return variance > 1e-18 ? sum / n / Math.sqrt(variance) : -Infinity;
}

export interface Reselections {
  walkForward: Reselection | null;
  cpcv: Reselection | null;
}

/** Re-selection under the splits of the candidate's own validations, whose bars are found by time among those all trials have. */
export function reselection(
  { openTimeMs: times, trials }: AlignedTrials,
  openTimeMs: Float64Array,
  { walkForward, cpcv }: { walkForward: WalkForwardOutcome | null; cpcv: CpcvOutcome | null },
  periodsPerYear: number,
): Reselections {
  const indexOf = (bar: number): number => {
    const time = openTimeMs[bar] ?? Infinity;
    const at = times.findIndex((t) => t >= time);
    return at < 0 ? times.length : at;
  };
  const found = (spans: Ranges): [number, number][] =>
    spans.map(([from, to]): [number, number] => [indexOf(from), indexOf(to)]).filter(([from, to]) => from < to);
  const run = (splits: readonly { train: Ranges; test: Ranges }[]): Reselection =>
    reselect(
      trials,
      splits.map(({ train, test }) => ({ train: found(train), test: found(test) })),
      periodsPerYear,
    );
  return {
    walkForward: walkForward && run(walkForward.folds.map(({ train, test }) => ({ train: [train], test: [test] }))),
    cpcv: cpcv && run(cpcv.splits),
  };
}
