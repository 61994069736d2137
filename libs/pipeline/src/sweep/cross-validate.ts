import { betterOf, type MetricDirection, type MetricKey } from '@assay/quant';
import type { ResolvedOptions } from '../backtest';
import type { PreparedStrategy } from '../evaluator';
import { cpcvOf, judgedStrategy, ledgerReturns, POLICY_LAYOUT, type CpcvSplitResult } from '../validation';
import { splitMetric } from './cell-metric';

/** The figures that every split has. */
export const CV_FIGURES = ['sharpe', 'total_return', 'max_drawdown'] as const;
type SplitFigure = (typeof CV_FIGURES)[number];
/** Or a metric of the catalogue, of the joined test bars of each split. */
export type CvFigure = SplitFigure | MetricKey;

/** How a configuration is judged out of sample, and when it is given up. */
export interface CrossValidation {
  /** The figure that is looked for, and that the bounds are of. */
  figure: CvFigure;
  /**
   * Pruning: after split k + 1 a configuration is given up when its mean of the figure over these splits is undefined or worse than
   * bound k; null is no bound. None is given up before every group was tested once. Absent: none ever is.
   */
  bounds?: readonly (number | null)[];
}

export const directionOfFigure = (figure: CvFigure): MetricDirection =>
  betterOf(figure) === 'lower' ? 'lowest' : 'highest';

/** Means over the splits; NaN unless every split was judged and has one. */
export interface CrossValidated {
  totalReturn: number;
  sharpe: number;
  maxDrawdown: number;
  /** Of the judged figure, whichever it is. */
  figure: number;
  /** Mean of the figure over the first 1, 2, ... splits; NaN from the first split on that has none. */
  running: Float64Array;
  /**
   * Ledger series: of fixed rules the net returns, of a model the path of median Sharpe ratio, or of one that was given up the path
   * that takes from every group the first split that tests it. Every bar of it is out of sample.
   */
  returns: Float64Array;
}

const OF: Record<SplitFigure, (split: CpcvSplitResult) => number | null> = {
  sharpe: (split) => split.oosSharpe,
  total_return: (split) => split.oosReturn,
  max_drawdown: (split) => split.oosMaxDrawdown,
};

const { groups: GROUPS, test_groups: TEST_GROUPS } = POLICY_LAYOUT.cpcv;
/** Choices of the test groups. */
export const CV_SPLITS = Array.from({ length: TEST_GROUPS }, (_, i) => (GROUPS - i) / (TEST_GROUPS - i)).reduce(
  (product, factor) => product * factor,
  1,
);

/**
 * Purged cross-validation of one configuration over a scored range, laid out as the policies want it.
 * @throws DomainError `validation_failed` when the range is too short for the groups.
 */
export function crossValidate(
  prepared: PreparedStrategy,
  resolved: ResolvedOptions,
  scored: [number, number],
  { figure, bounds = [] }: CrossValidation,
): CrossValidated {
  const isOfAll = (name: CvFigure): name is SplitFigure => Object.hasOwn(OF, name);
  const figureOf = isOfAll(figure) ? OF[figure] : (split: CpcvSplitResult) => split.figure ?? null;
  const sign = directionOfFigure(figure) === 'highest' ? 1 : -1;
  const tested = new Set<number>();
  const running: number[] = [];
  let sum = 0;
  const isHopeless = (judged: readonly CpcvSplitResult[]): boolean => {
    const split = judged.at(-1)!;
    split.testGroups.forEach((group) => tested.add(group));
    sum += figureOf(split) ?? NaN;
    const mean = sum / judged.length;
    running.push(mean);
    const bound = bounds[judged.length - 1] ?? null;
    return bound !== null && tested.size === GROUPS && !(sign * mean >= sign * bound);
  };
  const { splits, paths, medianPath } = cpcvOf(judgedStrategy(prepared, resolved), scored, {}, undefined, {
    isHopeless,
    figureOf: isOfAll(figure) ? undefined : splitMetric(figure, prepared.bars, resolved),
  });
  const isWhole = splits.length === CV_SPLITS;
  const mean = (of: (split: CpcvSplitResult) => number | null): number =>
    isWhole ? splits.reduce((total, split) => total + (of(split) ?? NaN), 0) / CV_SPLITS : NaN;
  return {
    totalReturn: mean(OF.total_return),
    sharpe: mean(OF.sharpe),
    maxDrawdown: mean(OF.max_drawdown),
    figure: mean(figureOf),
    running: Float64Array.from(running),
    returns:
      prepared.plan === null || resolved.fx
        ? ledgerReturns(prepared, resolved, scored)
        : paths[isWhole ? medianPath : 0]!.returns,
  };
}
