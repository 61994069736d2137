import type { StrategyDocument, WalkForwardFold } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { overfittingRatio, walkForwardSplits } from '@assay/quant';
import { blockReturns, refusing, resolveOptions, type BacktestOptions } from '../backtest';
import { prepareStrategy, trainingRows } from '../evaluator';
import { FoldEvaluator } from './fold-evaluation';
import { POLICY_LAYOUT, policyScoreFrom, validationRange } from './layout';
import type { Progress } from './progress';
import { meanOrNull, summarise } from './return-summary';

export interface WalkForwardLayout {
  /** Default 5. */
  folds?: number;
  /** Train length as a multiple of the test length; default 2. */
  ratio?: number;
  /** Default `rolling`. */
  kind?: 'rolling' | 'expanding';
  /** Bars taken from the train end; default and least: max(label horizon + 1, 5). */
  gap?: number;
}

export interface WalkForwardInput {
  document: StrategyDocument;
  bars: BarColumns;
  options?: BacktestOptions;
  layout?: WalkForwardLayout;
}

export interface WalkForwardFoldResult {
  /** Half-open bar indices. */
  train: [number, number];
  test: [number, number];
  isSharpe: number | null;
  oosSharpe: number | null;
  oosReturn: number | null;
  oosMaxDrawdown: number | null;
  oosReturns: Float64Array;
}

export interface WalkForwardOutcome {
  layout: Required<WalkForwardLayout>;
  scored: [number, number];
  folds: WalkForwardFoldResult[];
  meanIs: number | null;
  meanOos: number | null;
  meanOosMaxDrawdown: number | null;
  /** Share of folds whose compounded return is above 0. */
  profitableFolds: number;
  overfittingRatio: number | null;
}

const CONTINUOUS = { seamCosts: false };

/**
 * Trains on one stretch and judges the next, fold after fold. Models are refitted per fold on its train bars; rules stay.
 * A fixed rule's stretches are slices of its continuous run; a fitted model enters its test flat.
 * @throws DomainError `validation_failed` when the scored range is too short for the folds.
 */
export function runWalkForward(
  { document, bars, options = {}, layout: asked = {} }: WalkForwardInput,
  onProgress?: Progress,
): WalkForwardOutcome {
  const prepared = prepareStrategy(document, bars);
  const resolved = resolveOptions(document, options);
  const scored = validationRange(prepared, options);
  const layout = walkForwardLayout(asked, prepared.horizon);
  const splits = refusing(() => walkForwardSplits({ from: scored[0], to: scored[1], ...layout }));
  const { logistic } = prepared;
  const rows = logistic ? trainingRows(prepared, logistic) : null;
  const evaluator = new FoldEvaluator(prepared, rows);
  const folds = splits.map(({ train, test }, i): WalkForwardFoldResult => {
    const [inSample, outOfSample] = evaluator.weightsOf([train], [[train], [test]]);
    const isReturns = blockReturns(bars, inSample!, train, resolved, CONTINUOUS);
    const oosReturns = blockReturns(bars, outOfSample!, test, resolved, CONTINUOUS);
    const oos = summarise(oosReturns, resolved.periodsPerYear);
    onProgress?.((i + 1) / splits.length, `fold ${i + 1} of ${splits.length}`);
    return {
      train: [...train],
      test: [...test],
      isSharpe: summarise(isReturns, resolved.periodsPerYear).sharpe,
      oosSharpe: oos.sharpe,
      oosReturn: oos.totalReturn,
      oosMaxDrawdown: oos.maxDrawdown,
      oosReturns,
    };
  });
  return { layout, scored, folds, ...summariseFolds(folds) };
}

function walkForwardLayout(asked: WalkForwardLayout, horizon: number): Required<WalkForwardLayout> {
  const policy = POLICY_LAYOUT.walk_forward;
  const least = Math.max(horizon + 1, policy.min_gap);
  return {
    folds: asked.folds ?? policy.folds,
    ratio: asked.ratio ?? policy.train_to_test,
    kind: asked.kind ?? policy.kind,
    gap: Math.max(asked.gap ?? least, least),
  };
}

/** Whether an outcome is laid out as the policies want it: another layout is information, not evidence. */
export function isPolicyWalkForward({ layout, scored }: WalkForwardOutcome, lookback: number): boolean {
  const { folds, train_to_test, kind } = POLICY_LAYOUT.walk_forward;
  const sameFolds = layout.folds === folds && layout.ratio === train_to_test && layout.kind === kind;
  return sameFolds && scored[0] === policyScoreFrom(lookback);
}

function summariseFolds(folds: readonly WalkForwardFoldResult[]) {
  const meanIs = meanOrNull(folds.map((fold) => fold.isSharpe));
  const meanOos = meanOrNull(folds.map((fold) => fold.oosSharpe));
  return {
    meanIs,
    meanOos,
    meanOosMaxDrawdown: meanOrNull(folds.map((fold) => fold.oosMaxDrawdown)),
    profitableFolds: folds.filter((fold) => (fold.oosReturn ?? 0) > 0).length / folds.length,
    overfittingRatio: meanIs === null || meanOos === null ? null : overfittingRatio(meanIs, meanOos),
  };
}

/** Folds as they are stored and shown: inclusive first and last open times. */
export function foldDocuments(outcome: WalkForwardOutcome, openTimeMs: Float64Array): WalkForwardFold[] {
  const span = ([from, to]: [number, number]): [string, string] => [
    new Date(openTimeMs[from]!).toISOString(),
    new Date(openTimeMs[to - 1]!).toISOString(),
  ];
  return outcome.folds.map((fold) => ({
    train: span(fold.train),
    test: span(fold.test),
    is_sharpe: fold.isSharpe,
    oos_sharpe: fold.oosSharpe,
    oos_return: fold.oosReturn,
    oos_max_drawdown: fold.oosMaxDrawdown,
  }));
}
