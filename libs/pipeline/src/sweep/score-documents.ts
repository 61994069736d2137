import { concatColumns, type MetricKey } from '@assay/quant';
import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns, StageMemo } from '@assay/domain';
import { resolveOptions, scoredRange, segmentPaths, type BacktestOptions, type PathRun } from '../backtest';
import { backtestPredictions, evaluatePrepared, isRefitted, prepareStrategy } from '../evaluator';
import { StageCache } from '../stages';
import { ledgerReturns, policyScoreFrom, summarise, type Progress, type ReturnSummary } from '../validation';
import { cellMetric } from './cell-metric';
import { crossValidate, type CrossValidation } from './cross-validate';
import { FoldJudge, newFoldFigures, writeFolds, type FoldedBy, type FoldFigures } from './fold-figures';

/** One value per document; NaN where a figure is undefined. */
export interface DocumentScores extends FoldFigures {
  totalReturn: Float64Array;
  sharpe: Float64Array;
  maxDrawdown: Float64Array;
  /** Of the metric that was asked for; empty where none was. */
  metric: Float64Array;
  /** Empty unless asked for. Ledger series from `seriesFrom` on: the net returns, or a model's CPCV path of median Sharpe. */
  returns: Float64Array[];
  /** Cross-validated ones alone: the mean of the judged figure after every split; shorter than the others where it was pruned. */
  running: Float64Array[];
}

export interface ScoreDocumentsInput {
  documents: readonly StrategyDocument[];
  bars: BarColumns;
  options?: BacktestOptions;
  withSeries?: boolean;
  /** First bar of the series, whatever the figures are scored on; default: the first scored bar. */
  seriesFrom?: number;
  /** Figures out of sample, as means over the splits of purged cross-validation from `seriesFrom` on; default: of the backtest. */
  crossValidation?: CrossValidation;
  /** A further metric of each backtest, as its own backtest has it against buy and hold; of cross-validated ones the judged figure. */
  metric?: MetricKey;
  /** Judges each in the windows of a walk-forward as well. */
  folds?: FoldedBy;
  /** Of a model that was trained elsewhere, which all have; null for every other. */
  artifact?: Uint8Array | null;
}

export interface ScoreInput extends Omit<ScoreDocumentsInput, 'documents'> {
  count: number;
  documentAt(i: number): StrategyDocument;
  /** The order in which they are computed; the results stand by index. Default: ascending. */
  order?: Uint32Array;
}

const UNDEFINED: ReturnSummary = { sharpe: null, totalReturn: null, maxDrawdown: null };

/**
 * Backtests many documents over the same bars. What they have in common (feature columns, training rows, fits, predictions,
 * signals, targets) is computed once as long as `memo` keeps it. Models on out-of-sample predictions.
 */
export function scoreDocuments(
  input: ScoreInput,
  onProgress?: Progress,
  memo: StageMemo = new StageCache(),
): DocumentScores {
  const { count, documentAt, order, bars, options = {}, withSeries = false, seriesFrom, crossValidation } = input;
  const { metric, folds, artifact = null } = input;
  const column = (): Float64Array => new Float64Array(count);
  const scores: DocumentScores = {
    totalReturn: column(),
    sharpe: column(),
    maxDrawdown: column(),
    metric: new Float64Array(metric === undefined ? 0 : count).fill(NaN),
    returns: new Array<Float64Array>(withSeries ? count : 0),
    running: new Array<Float64Array>(crossValidation ? count : 0),
    ...newFoldFigures(folds, count),
  };
  const [first, to] = scoredRange(bars.openTimeMs, { ...options, scoreFrom: options.scoreFrom ?? 0 });
  // documents differ in their costs, their margin and nothing else that an engine is told beside the weights
  let run: PathRun | undefined;
  const metricOf = metric && cellMetric(metric, bars, options.fx);
  const judge = folds && new FoldJudge(bars, folds, options.fx);
  for (let done = 0; done < count; done++) {
    const i = order ? order[done]! : done;
    const document = documentAt(i);
    const prepared = prepareStrategy(document, bars, memo);
    const resolved = resolveOptions(document, options);
    if (crossValidation) {
      const scored: [number, number] = [seriesFrom ?? policyScoreFrom(prepared.lookback), to];
      const judged = crossValidate(prepared, resolved, scored, crossValidation);
      scores.totalReturn[i] = judged.totalReturn;
      scores.sharpe[i] = judged.sharpe;
      scores.maxDrawdown[i] = judged.maxDrawdown;
      if (metric !== undefined) scores.metric[i] = judged.figure;
      scores.running[i] = judged.running;
      if (withSeries) scores.returns[i] = judged.returns;
      onProgress?.((done + 1) / count);
      continue;
    }
    const fitted = judge && isRefitted(prepared);
    if (fitted) writeFolds(scores, i, judge.ofFitted(prepared, resolved));
    if (fitted && folds!.alone) {
      onProgress?.((done + 1) / count);
      continue;
    }
    // a model trained elsewhere stays as it is; of any other every bar that is scored was predicted before it was learnt from
    const predicted = backtestPredictions(prepared, isRefitted(prepared) ? null : artifact);
    const evaluation = evaluatePrepared(prepared, predicted, resolved.fill);
    run ??= segmentPaths(bars, [0, bars.close.length], resolved);
    const path = run(evaluation, { costs: resolved.costs, margin: resolved.margin }).returns;
    if (judge && !fitted) writeFolds(scores, i, judge.ofRule(evaluation, path, resolved));
    if (folds?.alone) {
      onProgress?.((done + 1) / count);
      continue;
    }
    const from = Math.max(first, options.scoreFrom ?? prepared.lookback);
    // a document whose lookback is longer than the history has no figures
    const figures = from < to ? summarise(path.subarray(from, to), resolved.periodsPerYear) : UNDEFINED;
    scores.totalReturn[i] = figures.totalReturn ?? NaN;
    scores.sharpe[i] = figures.sharpe ?? NaN;
    scores.maxDrawdown[i] = figures.maxDrawdown ?? NaN;
    if (metricOf && from < to) scores.metric[i] = metricOf(evaluation, path, [from, to], resolved);
    if (withSeries) {
      const since = seriesFrom ?? Math.min(from, to - 1);
      // the next document's run overwrites the path
      scores.returns[i] =
        prepared.plan === null && !resolved.fx ? path.slice(since, to) : ledgerReturns(prepared, resolved, [since, to]);
    }
    onProgress?.((done + 1) / count);
  }
  return scores;
}

/** The same over a list of documents. */
export function scoreDocumentList(
  { documents, ...rest }: ScoreDocumentsInput,
  onProgress?: Progress,
  memo?: StageMemo,
): DocumentScores {
  return scoreDocuments({ ...rest, count: documents.length, documentAt: (i) => documents[i]! }, onProgress, memo);
}

/** Joins the scores of consecutive ranges of documents. */
export function mergeScores(parts: readonly DocumentScores[]): DocumentScores {
  return {
    totalReturn: concatColumns(parts.map((part) => part.totalReturn)),
    sharpe: concatColumns(parts.map((part) => part.sharpe)),
    maxDrawdown: concatColumns(parts.map((part) => part.maxDrawdown)),
    metric: concatColumns(parts.map((part) => part.metric)),
    returns: parts.flatMap((part) => part.returns),
    running: parts.flatMap((part) => part.running),
    trained: joinFolds(parts.map((part) => part.trained)),
    tested: joinFolds(parts.map((part) => part.tested)),
    idle: joinFolds(parts.map((part) => part.idle)),
  };
}

const joinFolds = (parts: readonly Float64Array[][]): Float64Array[] =>
  (parts[0] ?? []).map((_, fold) => concatColumns(parts.map((part) => part[fold]!)));
