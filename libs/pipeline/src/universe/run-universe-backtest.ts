import type { UniverseDocument, Warning } from '@assay/contracts';
import {
  absencesOf,
  buildPanel,
  evaluateUniverse,
  universeLookback,
  type Absence,
  type BarColumns,
  type Calendar,
  type StageMemo,
  type UniverseEvaluation,
  type UniversePanel,
} from '@assay/domain';
import { computeMetrics, runPortfolio, sliceResult, type PortfolioResult, type PortfolioTrade } from '@assay/quant';
import { comparedWith, scoredFrom, scoredRange, type Compared, type ScoredFrom } from '../backtest';
import { refusing } from '../errors';
import { featureKeys, featureRuntimes } from '../features';
import { StageCache } from '../stages';
import { contributionsOf, type SymbolContribution } from './symbol-contributions';
import { universeBenchmark } from './universe-benchmark';
import { universeExposure } from './universe-exposure';
import { DECISIONS } from './panel-memo';
import { resolveUniverseOptions, type ResolvedUniverseOptions, type UniverseOptions } from './universe-options';
import { universeWarnings } from './universe-warnings';

export interface UniverseInput {
  document: UniverseDocument;
  /** The whole history of each symbol; those that the document does not name are left out. */
  series: readonly BarColumns[];
  /** Of the document's market. */
  calendar: Calendar;
  options?: UniverseOptions;
}

export interface UniverseOutcome {
  panel: UniversePanel;
  /** What was decided on every bar of the history. */
  evaluation: UniverseEvaluation;
  /** The engine over the whole history. */
  full: PortfolioResult;
  /** Half-open range of scored bars of the panel. */
  scored: [number, number];
  scoredFrom: ScoredFrom;
  lookback: number;
  /** The scored part: returns, equity rebased to 1, sums of weights. Trades count bars from the first scored one. */
  returns: Float64Array;
  equity: Float64Array;
  gross: Float64Array;
  net: Float64Array;
  trades: PortfolioTrade[];
  /** By symbol; they add up to the total return (see `writtenOff` of `full`). */
  contributions: SymbolContribution[];
  /** Members without bars, of the scored bars. */
  absences: Absence[];
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  /** Of all members with the same weight, close to close, without costs. */
  buyHoldMetrics: Record<string, number | null>;
  buyHoldReasons: Record<string, string>;
  benchmarkReturns: Float64Array;
  /** The same of all bars, from the first one on: 0 there. */
  heldReturns: Float64Array;
  /** The benchmark that was asked for, over the scored bars; undefined where none was. */
  benchmark?: Compared['benchmark'];
  /** What cash earned on the scored bars, where a rate was given. */
  riskFreeReturns?: Float64Array;
  options: ResolvedUniverseOptions;
  warnings: Warning[];
}

/**
 * Evaluates a universe document over the whole history, trades its weights out of one capital, and scores the asked part.
 * @throws DomainError `validation_failed` naming field or symbol for options, bars or prices that cannot be used
 */
export function runUniverseBacktest({ document, series, calendar, options = {} }: UniverseInput): UniverseOutcome {
  return backtestPanel(document, buildPanel(document, series, calendar), calendar, options);
}

/**
 * The same over a panel that is built already; several documents of one universe may share it, and what they have in common
 * is computed once as long as `memo`, which must belong to the panel, keeps it.
 */
export function backtestPanel(
  document: UniverseDocument,
  panel: UniversePanel,
  calendar: Calendar,
  options: UniverseOptions = {},
  memo: StageMemo = new StageCache(0),
): UniverseOutcome {
  const resolved = resolveUniverseOptions(document, options);
  const features = featureRuntimes(document.features, document.timeframe);
  const lookback = universeLookback(document.portfolio, features);
  const least = options.scoreFrom ?? lookback;
  const scored = scoredRange(panel.openTimeMs, { ...options, scoreFrom: least });
  const shared = { memo, featureKeys: featureKeys(document.features, document.timeframe) };
  const evaluation = memo.of(decisionsKey(document), () =>
    evaluateUniverse(document, { features, calendar, shared }, panel),
  );
  const { engine, mode, fill, costs } = resolved;
  const full = refusing(() => runPortfolio(engine, { panel, ...evaluation, mode, fill, costs, scored }));
  const absences = absencesOf(document, panel, ...scored);
  const compared = comparedWith(resolved, panel.openTimeMs, scored);
  return {
    panel,
    evaluation,
    full,
    scored,
    scoredFrom: scoredFrom(scored[0], least, options.scoreFrom === undefined ? 'lookback' : 'score_from'),
    lookback,
    ...scoredPart(document, panel, evaluation, full, scored, absences, resolved, compared, memo),
    absences,
    options: resolved,
    warnings: [...universeWarnings(document, panel, absences), ...compared.warnings],
  };
}

/** Names everything that is decided of a document over one panel, see `PanelMemo`. */
const decisionsKey = ({ features, cross_sections, portfolio }: UniverseDocument): string =>
  `${DECISIONS} ${JSON.stringify([features, cross_sections, portfolio])}`;

function scoredPart(
  document: UniverseDocument,
  panel: UniversePanel,
  { weights }: UniverseEvaluation,
  full: PortfolioResult,
  [from, to]: [number, number],
  absences: readonly Absence[],
  { periodsPerYear, capital }: ResolvedUniverseOptions,
  { benchmark, riskFreeReturns }: Compared,
  memo: StageMemo,
) {
  const exposure = universeExposure(weights, panel.openTimeMs.length, from, to);
  const { returns, equity, trades } = sliceResult({ ...full, positions: new Float64Array(0) }, from, to);
  const heldReturns = memo.of('benchmark', () => universeBenchmark(document, panel));
  const benchmarkReturns = heldReturns.slice(from, to);
  const own = computeMetrics({
    ...{ returns, periodsPerYear, positions: exposure.gross, trades, riskFreeReturns },
    benchmarkReturns: benchmark?.returns ?? benchmarkReturns,
  });
  const buyHold = computeMetrics({ returns: benchmarkReturns, periodsPerYear, riskFreeReturns });
  return {
    returns,
    equity,
    gross: exposure.gross,
    net: exposure.net,
    trades,
    contributions: contributionsOf(document, panel, full, exposure.barsHeld, trades, absences, capital),
    // of the weights of all symbols: their sum may stand still while they change
    metrics: { ...own.metrics, turnover: (exposure.traded * periodsPerYear) / returns.length },
    reasons: own.reasons,
    buyHoldMetrics: buyHold.metrics,
    buyHoldReasons: buyHold.reasons,
    benchmarkReturns,
    heldReturns,
    benchmark,
    riskFreeReturns,
  };
}

/** Bars before which no symbol can have a weight. */
export const universeLookbackOf = ({ portfolio, features, timeframe }: UniverseDocument): number =>
  universeLookback(portfolio, featureRuntimes(features, timeframe));
