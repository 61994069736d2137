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
import {
  computeMetrics,
  convertPanel,
  priceParts,
  runPortfolio,
  sliceResult,
  type CostTotals,
  type PortfolioInput,
  type PortfolioResult,
  type PortfolioTrade,
} from '@assay/quant';
import { comparedWith, scoredFrom, scoredRange, type Compared, type FxTotals, type ScoredFrom } from '../backtest';
import { refusingInWireNames } from '../errors';
import { featureKeys, featureRuntimes } from '../features';
import { StageCache } from '../stages';
import { assertUniverseCosts, chargedColumns } from './charged-panel';
import { contributionsOf, type SymbolContribution } from './symbol-contributions';
import { universeBenchmark } from './universe-benchmark';
import { panelRates } from './universe-fx';
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
  /** Of the scored bars, as fractions of the equity before them. */
  costs: CostTotals;
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
  /** Of the scored bars, where the account is in another currency than prices: everything else is in the account's then. */
  fx?: FxTotals;
  /** The same run in the currencies of the prices, where the account is in another. */
  quoted?: Pick<UniverseOutcome, 'returns' | 'trades' | 'benchmarkReturns'> & { allReturns: Float64Array };
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
  const traded = tradedPortfolio(document, panel, evaluation, scored, resolved);
  const absences = absencesOf(document, panel, ...scored);
  const compared = comparedWith(resolved, panel.openTimeMs, scored);
  return {
    panel,
    evaluation,
    full: traded.full,
    scored,
    scoredFrom: scoredFrom(scored[0], least, options.scoreFrom === undefined ? 'lookback' : 'score_from'),
    lookback,
    ...scoredPart(document, panel, evaluation, traded, scored, absences, resolved, compared, memo),
    absences,
    options: resolved,
    warnings: [...universeWarnings(document, panel, absences), ...compared.warnings],
  };
}

/** The engine over the whole history in the currency of the account, and beside it in those of the prices where these are others. */
interface TradedPortfolio {
  full: PortfolioResult;
  inAccount?: { panel: UniversePanel; quoted: PortfolioResult; byPrice: Float64Array };
}

function tradedPortfolio(
  document: UniverseDocument,
  panel: UniversePanel,
  evaluation: UniverseEvaluation,
  scored: [number, number],
  { engine, mode, fill, costs, fx, statedCapital: capital }: ResolvedUniverseOptions,
): TradedPortfolio {
  assertUniverseCosts({ mode, costs, capital });
  const { volume, funding } = chargedColumns(panel, costs);
  const input: PortfolioInput = {
    panel: volume ? { ...panel, volume } : panel,
    ...{ ...evaluation, mode, fill, costs, scored, capital, funding },
  };
  const quoted = refusingInWireNames(() => runPortfolio(engine, input));
  if (fx === undefined) return { full: quoted };
  const rates = panelRates(document, panel, fx);
  const converted = convertPanel(input.panel, rates);
  const { fills, ...full } = refusingInWireNames(() =>
    runPortfolio(engine, { ...input, panel: converted, withFills: true }),
  );
  return {
    full,
    inAccount: { panel: { ...panel, ...converted }, quoted, byPrice: priceParts(input, rates, { ...full, fills }) },
  };
}

/** Names everything that is decided of a document over one panel, see `PanelMemo`. */
const decisionsKey = ({ features, cross_sections, portfolio }: UniverseDocument): string =>
  `${DECISIONS} ${JSON.stringify([features, cross_sections, portfolio])}`;

function scoredPart(
  document: UniverseDocument,
  panel: UniversePanel,
  { weights }: UniverseEvaluation,
  { full, inAccount }: TradedPortfolio,
  [from, to]: [number, number],
  absences: readonly Absence[],
  { periodsPerYear, capital }: ResolvedUniverseOptions,
  { benchmark, riskFreeReturns }: Compared,
  memo: StageMemo,
) {
  const exposure = universeExposure(weights, panel.openTimeMs.length, from, to);
  const { returns, equity, trades } = sliced(full, from, to);
  const quotedReturns = memo.of('benchmark', () => universeBenchmark(document, panel));
  const heldReturns = inAccount ? universeBenchmark(document, inAccount.panel) : quotedReturns;
  const benchmarkReturns = heldReturns.slice(from, to);
  const { barsHeld } = exposure;
  const byPrice = inAccount?.byPrice;
  const contributions = contributionsOf(document, panel, full, { barsHeld, trades, absences, capital, byPrice });
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
    contributions,
    costs: full.costsByKind,
    // of the weights of all symbols: their sum may stand still while they change
    metrics: { ...own.metrics, turnover: (exposure.traded * periodsPerYear) / returns.length },
    reasons: own.reasons,
    buyHoldMetrics: buyHold.metrics,
    buyHoldReasons: buyHold.reasons,
    benchmarkReturns,
    heldReturns,
    benchmark,
    riskFreeReturns,
    ...(inAccount ? inCurrency(inAccount.quoted, quotedReturns, contributions, full.writtenOff, [from, to]) : {}),
  };
}

const sliced = (full: PortfolioResult, from: number, to: number) =>
  sliceResult({ ...full, positions: new Float64Array(0) }, from, to);

/** What came of prices and of rates in all, and what the ledger keeps: figures in the currencies of the prices. */
function inCurrency(
  full: PortfolioResult,
  heldReturns: Float64Array,
  contributions: readonly SymbolContribution[],
  writtenOff: number,
  [from, to]: [number, number],
): Pick<UniverseOutcome, 'fx' | 'quoted'> {
  const sum = (of: 'byPrice' | 'byFx'): number => contributions.reduce((all, one) => all + one[of]!, 0);
  const { returns, trades } = sliced(full, from, to);
  return {
    fx: { price: sum('byPrice'), fx: sum('byFx'), written_off: writtenOff },
    quoted: { returns, trades, benchmarkReturns: heldReturns.slice(from, to), allReturns: full.returns },
  };
}

/** Bars before which no symbol can have a weight. */
export const universeLookbackOf = ({ portfolio, features, timeframe }: UniverseDocument): number =>
  universeLookback(portfolio, featureRuntimes(features, timeframe));
