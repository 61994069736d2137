import type { StrategyDocument, WalkForwardFold } from '@assay/contracts';
import { type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import { isAbove, overfittingRatio, PURE_NUMBER, walkForwardSplits, type WalkForwardKind } from '@assay/quant';
import { type BacktestOptions, CONTINUOUS, resolveOptions, type ScoredFrom } from '../backtest';
import { refusing } from '../errors';
import { prepareStrategy } from '../evaluator';
import { judgedStrategy, type JudgedRecord } from './judged-record';
import { POLICY_LAYOUT, policyScoreFrom, validationRange, type LeastBars, type ScoredSlice } from './layout';
import type { Progress } from './progress';
import { definedMean, explained, partialMean, placesWithout, prefixed, type DefinedMean } from './undefined-figures';

export interface WalkForwardLayout {
  /** Default 5. */
  folds?: number;
  /** Train length as a multiple of the test length; default 2. */
  ratio?: number;
  /** Default `rolling`; see `WALK_FORWARD_KINDS`. */
  kind?: WalkForwardKind;
  /** Bars taken from the train end; default and least: max(label horizon + 1, 5). Less is refused. */
  gap?: number;
}

export interface WalkForwardInput {
  document: StrategyDocument;
  bars: BarColumns;
  /** Of a model that was trained elsewhere, which is judged as it is; any other is fitted in the folds. */
  artifact?: Uint8Array | null;
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
  /** The inputs that the model's fit has chosen; absent where it chooses none. */
  selectedInputs?: string[];
  /** Why a figure is null, by its name on the wire. */
  reasons: Record<string, string>;
}

/**
 * What the difference between the two mean Sharpe ratios comes of. `regime_change`: nothing was chosen or fitted on the training windows, so
 * that it is that of the markets; `fit`: a model was fitted on them; `selection`: parameters were chosen on them.
 */
export type RatioTells = 'regime_change' | 'fit' | 'selection';

/** Completes `the ratio tells of`. */
export const RATIO_WORDS: Readonly<Record<RatioTells, string>> = {
  regime_change:
    'regime change, not of overfitting: nothing was chosen or fitted on the training windows, so both means are of the same fixed rules',
  fit: 'how much of its training fit the model loses out of sample, and of regime change',
  selection: 'how much of its Sharpe ratio the choice loses out of sample, and of regime change',
};

export interface WalkForwardOutcome {
  layout: Required<WalkForwardLayout>;
  scored: [number, number];
  scoredFrom: ScoredFrom;
  folds: WalkForwardFoldResult[];
  /** Means are over the folds in which the figure is defined. */
  meanIs: number | null;
  meanOos: number | null;
  meanOosMaxDrawdown: number | null;
  /** Share of folds whose compounded return is above 0. */
  profitableFolds: number;
  /** Null unless every fold has both Sharpe ratios. */
  overfittingRatio: number | null;
  /** What that ratio tells of. */
  ratioTells: RatioTells;
  definedIs: number;
  definedOos: number;
  /** Why a figure of the summary is null or rests on some of the folds, by its name on the wire. */
  reasons: Record<string, string>;
}

/** The summary of a walk-forward as the CLI and the API tell it, of one that searches too. */
export const walkForwardSummary = (outcome: FoldSummary): Record<string, unknown> => ({
  mean_is_sharpe: outcome.meanIs,
  mean_oos_sharpe: outcome.meanOos,
  mean_oos_max_drawdown: outcome.meanOosMaxDrawdown,
  profitable_folds: outcome.profitableFolds,
  overfitting_ratio: outcome.overfittingRatio,
  ratio_tells: outcome.ratioTells,
  defined_is: outcome.definedIs,
  defined_oos: outcome.definedOos,
  reasons: outcome.reasons,
});

/**
 * Trains on one stretch and judges the next, fold after fold. Models are refitted per fold on its train bars; rules stay.
 * A fixed rule's stretches, and those of an imported model, are slices of its continuous run; a fitted model enters its test flat. Of an
 * imported model no bar up to the end of its training is scored, so that its train stretches are out of sample, too.
 * @throws DomainError `validation_failed` when the scored range is too short for the folds.
 */
export function runWalkForward(
  { document, bars, artifact, options = {}, layout: asked = {} }: WalkForwardInput,
  onProgress?: Progress,
): WalkForwardOutcome {
  const prepared = prepareStrategy(document, bars);
  return walkForwardOf(
    judgedStrategy(prepared, resolveOptions(document, options), artifact),
    options,
    asked,
    onProgress,
  );
}

/** The same of any record. */
export function walkForwardOf(
  judged: JudgedRecord,
  options: ScoredSlice,
  asked: WalkForwardLayout = {},
  onProgress?: Progress,
): WalkForwardOutcome {
  const { layout, scored, scoredFrom, splits } = walkForwardPlan(judged, options, asked);
  const folds = splits.map(({ train, test }, i): WalkForwardFoldResult => {
    const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
    const isReturns = inSample!(train, CONTINUOUS);
    const oosReturns = outOfSample!(test, CONTINUOUS);
    const [is, oos] = [explained(isReturns, judged), explained(oosReturns, judged)];
    const selectedInputs = judged.selectedInputs?.([train]);
    onProgress?.((i + 1) / splits.length, `fold ${i + 1} of ${splits.length}`);
    return {
      train: [...train],
      test: [...test],
      isSharpe: is.sharpe,
      oosSharpe: oos.sharpe,
      oosReturn: oos.totalReturn,
      oosMaxDrawdown: oos.maxDrawdown,
      oosReturns,
      ...(selectedInputs && { selectedInputs }),
      reasons: {
        ...(is.sharpe === null ? { is_sharpe: is.reasons.sharpe! } : {}),
        ...prefixed('oos_', oos.reasons),
      },
    };
  });
  return { layout, scored, scoredFrom, folds, ...summariseFolds(folds, judged.rows ? 'fit' : 'regime_change') };
}

/** What of a record decides how it is laid out. */
export type LaidOut = Pick<JudgedRecord, 'openTimeMs' | 'lookback' | 'ownFrom' | 'horizon'>;

/**
 * Where the folds lie.
 * @throws DomainError `validation_failed` when the scored range is too short for the folds.
 */
export function walkForwardPlan(judged: LaidOut, options: ScoredSlice, asked: WalkForwardLayout = {}) {
  const layout = walkForwardLayout(asked, judged.horizon);
  const { scored, scoredFrom } = validationRange(judged, options, leastBars(layout));
  const splits = refusing(() => walkForwardSplits({ from: scored[0], to: scored[1], ...layout }));
  return { layout, scored, scoredFrom, splits };
}

function walkForwardLayout(asked: WalkForwardLayout, horizon: number): Required<WalkForwardLayout> {
  const policy = POLICY_LAYOUT.walk_forward;
  const least = Math.max(horizon + 1, policy.min_gap);
  const { gap = least } = asked;
  if (gap < least) {
    const message = `gap must be at least ${least}, so that no label of the train bars reaches into the test, was ${gap}`;
    throw invalid([{ field: 'gap', rule: 'minimum', value: gap, message }]);
  }
  return {
    folds: asked.folds ?? policy.folds,
    ratio: asked.ratio ?? policy.train_to_test,
    kind: asked.kind ?? policy.kind,
    gap,
  };
}

/** The fewest scored bars with a bar in every test and, before the gap, in every train. */
function leastBars({ folds, ratio, kind, gap }: Required<WalkForwardLayout>): LeastBars {
  let bars = Math.ceil(folds + ratio);
  while (bars - folds * Math.floor(bars / (folds + ratio)) <= gap) bars++;
  const use = `${folds} ${kind} ${folds === 1 ? 'fold' : 'folds'} with ${ratio} train bars a test bar and a gap of ${gap} take`;
  return { what: 'walk-forward', bars, for: use };
}

/** Whether an outcome is laid out as the policies want it: another layout is information, not evidence. */
export function isPolicyWalkForward(
  { layout, scored }: WalkForwardOutcome,
  { lookback, ownFrom }: Pick<JudgedRecord, 'lookback' | 'ownFrom'>,
): boolean {
  const { folds, train_to_test, kind } = POLICY_LAYOUT.walk_forward;
  const sameFolds = layout.folds === folds && layout.ratio === train_to_test && layout.kind === kind;
  return sameFolds && scored[0] === policyScoreFrom(lookback, ownFrom);
}

export type FoldSummary = Omit<WalkForwardOutcome, 'layout' | 'scored' | 'scoredFrom' | 'folds'>;
type FoldFigures = Pick<WalkForwardFoldResult, 'isSharpe' | 'oosSharpe' | 'oosReturn' | 'oosMaxDrawdown'>;

export function summariseFolds(folds: readonly FoldFigures[], ratioTells: RatioTells): FoldSummary {
  const is = folds.map((fold) => fold.isSharpe);
  const oos = folds.map((fold) => fold.oosSharpe);
  const drawdowns = folds.map((fold) => fold.oosMaxDrawdown);
  const [meanIs, meanOos, meanDrawdown] = [is, oos, drawdowns].map(definedMean) as [
    DefinedMean,
    DefinedMean,
    DefinedMean,
  ];
  const complete = meanIs.defined === folds.length && meanOos.defined === folds.length;
  return {
    meanIs: meanIs.mean,
    meanOos: meanOos.mean,
    meanOosMaxDrawdown: meanDrawdown.mean,
    profitableFolds: folds.filter((fold) => isAbove(fold.oosReturn ?? 0, 0, PURE_NUMBER)).length / folds.length,
    overfittingRatio: complete ? overfittingRatio(meanIs.mean, meanOos.mean) : null,
    ratioTells,
    definedIs: meanIs.defined,
    definedOos: meanOos.defined,
    reasons: {
      ...partialMean('mean_is_sharpe', 'fold', 'in-sample Sharpe', is),
      ...partialMean('mean_oos_sharpe', 'fold', 'out-of-sample Sharpe', oos),
      ...partialMean('mean_oos_max_drawdown', 'fold', 'out-of-sample drawdown', drawdowns),
      ...noRatio(is, oos, meanIs.mean),
    },
  };
}

function noRatio(
  is: readonly (number | null)[],
  oos: readonly (number | null)[],
  meanIs: number | null,
): Record<string, string> {
  const [withoutIs, withoutOos] = [placesWithout('fold', is), placesWithout('fold', oos)];
  const missing = [
    ...(withoutOos === null ? [] : [`the out-of-sample Sharpe of ${withoutOos}`]),
    ...(withoutIs === null ? [] : [`the in-sample Sharpe of ${withoutIs}`]),
  ];
  if (missing.length > 0)
    return { overfitting_ratio: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} undefined` };
  if (meanIs! > 0) return {};
  return { overfitting_ratio: `the mean in-sample Sharpe must be above 0, was ${Number(meanIs!.toPrecision(3))}` };
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
    ...(fold.selectedInputs && { selected_inputs: fold.selectedInputs }),
    reasons: fold.reasons,
  }));
}
