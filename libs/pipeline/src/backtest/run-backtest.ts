import type { StrategyDocument, Warning } from '@assay/contracts';
import { neverFires, type BarColumns, type BatchEvaluation } from '@assay/domain';
import {
  buyAndHoldReturns,
  computeMetrics,
  costTotals,
  sliceResult,
  type CostTotals,
  type EngineResult,
  type Trade,
} from '@assay/quant';
import {
  backtestPredictions,
  evaluatePrepared,
  firstOwnBar,
  prepareStrategy,
  type PreparedStrategy,
} from '../evaluator';
import { calendarWarnings } from '../features';
import { isImported, STATED_TRAINING } from '../models';
import { resolveOptions, scoredRange, type BacktestOptions, type ResolvedOptions } from './backtest-options';
import { comparedWith, type Compared } from './benchmark';
import { runInCurrency, runSegment } from './engine-run';
import { firstFitWarning } from './first-fit';
import { fxTotals, heldValues, type FxTotals } from './fx';
import { scoredFrom, type ScoredFrom } from './scored-from';

export interface BacktestInput {
  document: StrategyDocument;
  /** The whole history from the anchor on. */
  bars: BarColumns;
  /** Bytes of the fitted model; without it a model strategy is refitted to the last bar. */
  artifact?: Uint8Array | null;
  options?: BacktestOptions;
}

/** Metric values by seed name; null where undefined, with the reason. */
export interface Metrics {
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
}

export interface BacktestOutcome {
  /** What the evaluator decided on every bar of the history. */
  evaluation: BatchEvaluation;
  /** The engine over the whole history. */
  full: EngineResult;
  /** Half-open range of scored bars. */
  scored: [number, number];
  scoredFrom: ScoredFrom;
  /** The scored part: returns, rebased equity, positions. Trades count bars from the first scored one. */
  returns: Float64Array;
  equity: Float64Array;
  positions: Float64Array;
  trades: Trade[];
  metrics: Metrics['metrics'];
  reasons: Metrics['reasons'];
  buyHoldMetrics: Metrics['metrics'];
  buyHoldReasons: Metrics['reasons'];
  /** Of buy and hold: close-to-close returns of the scored bars, without costs. */
  benchmarkReturns: Float64Array;
  /** The same of all bars, from the first one on: 0 there. */
  heldReturns: Float64Array;
  /** The benchmark that was asked for, over the scored bars; undefined where none was. */
  benchmark?: Compared['benchmark'];
  /** What cash earned on the scored bars, where a rate was given. */
  riskFreeReturns?: Float64Array;
  /** Of the scored bars, as fractions of the equity before them. */
  costs: CostTotals;
  /** Of the scored bars, where the account is in another currency than the prices: everything else is in the account's then. */
  fx?: FxTotals;
  /** The same run in the currency of the prices, where the account is in another. */
  quoted?: Pick<BacktestOutcome, 'full' | 'returns' | 'positions' | 'trades' | 'benchmarkReturns'>;
  options: ResolvedOptions;
  lookback: number;
  /** First bar that may be scored for what an imported model was trained on; 0 for every other. */
  ownFrom: number;
  warnings: Warning[];
}

/**
 * Evaluates the document over the whole history, trades its weights, and scores the asked part.
 * Model strategies are evaluated on out-of-sample predictions only.
 * @throws DomainError `validation_failed` naming the field for options or prices the engine cannot use.
 */
export function runBacktest({ document, bars, artifact = null, options = {} }: BacktestInput): BacktestOutcome {
  return backtestPrepared(prepareStrategy(document, bars), artifact, options);
}

export function backtestPrepared(
  prepared: PreparedStrategy,
  artifact: Uint8Array | null,
  options: BacktestOptions,
): BacktestOutcome {
  const { document, bars } = prepared;
  const resolved = resolveOptions(document, options);
  const asked = options.scoreFrom ?? prepared.lookback;
  const own = firstOwnBar(prepared, artifact);
  const least = Math.max(asked, own);
  const rule = own > asked ? 'train_end' : options.scoreFrom === undefined ? 'lookback' : 'score_from';
  const scored = scoredRange(bars.openTimeMs, { ...options, scoreFrom: least });
  const predictions = backtestPredictions(prepared, artifact);
  const evaluation = evaluatePrepared(prepared, predictions, resolved.fill);
  const { compared, ...scores } = scoreEvaluation(bars, evaluation, scored, resolved);
  return {
    ...scores,
    scoredFrom: scoredFrom(scored[0], least, rule),
    lookback: prepared.lookback,
    ownFrom: own,
    warnings: [
      ...neverFires(document, prepared.parts, evaluation, bars),
      ...compared.warnings,
      ...firstFitWarning(document, bars, predictions?.values, scored),
      ...(prepared.plan && isImported(prepared.plan) ? [STATED_TRAINING] : []),
      ...(document.kind === 'pipeline' ? calendarWarnings(document.features, bars) : []),
    ],
  };
}

/** Trades the weights of an evaluation and scores bars [from, to). */
export function scoreEvaluation(
  bars: BarColumns,
  evaluation: BatchEvaluation,
  scored: [number, number],
  options: ResolvedOptions,
): Omit<BacktestOutcome, 'lookback' | 'ownFrom' | 'warnings' | 'scoredFrom'> & { compared: Compared } {
  const { fx: rates } = options;
  const quoted = rates && scoreEvaluation(bars, evaluation, scored, { ...options, fx: undefined });
  const converted = rates && runInCurrency(bars, evaluation, rates, options);
  const full = converted?.full ?? runSegment(bars, evaluation, [0, bars.close.length], options);
  const part = sliceResult(full, scored[0], scored[1]);
  const heldReturns = buyAndHoldReturns(heldValues(bars, rates));
  const benchmarkReturns = heldReturns.slice(scored[0], scored[1]);
  const { periodsPerYear } = options;
  const compared = comparedWith(options, bars.openTimeMs, scored);
  const { benchmark, riskFreeReturns } = compared;
  const own = computeMetrics({
    returns: part.returns,
    periodsPerYear,
    positions: part.positions,
    trades: part.trades,
    benchmarkReturns: benchmark?.returns ?? benchmarkReturns,
    riskFreeReturns,
  });
  const buyHold = computeMetrics({ returns: benchmarkReturns, periodsPerYear, riskFreeReturns });
  return {
    evaluation,
    full,
    scored,
    returns: part.returns,
    equity: part.equity,
    positions: part.positions,
    trades: part.trades,
    metrics: own.metrics,
    reasons: own.reasons,
    buyHoldMetrics: buyHold.metrics,
    buyHoldReasons: buyHold.reasons,
    benchmarkReturns,
    heldReturns,
    benchmark,
    riskFreeReturns,
    costs: costTotals(full, scored[0], scored[1]),
    ...(converted && quoted ? { fx: fxTotals(converted.split, full.equity, scored), quoted: quotedPart(quoted) } : {}),
    options,
    compared,
  };
}

const quotedPart = ({
  full,
  returns,
  positions,
  trades,
  benchmarkReturns,
}: NonNullable<BacktestOutcome['quoted']>): BacktestOutcome['quoted'] => ({
  full,
  returns,
  positions,
  trades,
  benchmarkReturns,
});
