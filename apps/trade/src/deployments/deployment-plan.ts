import {
  MARKETS,
  type DeploymentDocument,
  type HistoryAnchor,
  type PromotionEvidence,
  type StrategyDocument,
  type Timeframe,
  type Warning,
} from '@assay/contracts';
import { effectiveRiskLimits } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Decimal, invalid, type FieldProblem } from '@assay/primitives';
import type { SeriesInfo } from '../bars/series-store';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { Mapping } from './data-symbol';
import { resolveDataSymbol } from './data-symbol';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { inferMarket, isMarket, usualRules } from '../reference-data/market';

/** Bars at least as fine as an hour; what an hourly schedule can run on. */
const HOURLY_TIMEFRAMES: readonly Timeframe[] = ['1m', '3m', '5m', '15m', '30m', '1h'];

export interface DeploymentPlan {
  fields: Omit<
    DeploymentEntity,
    | 'deploymentId'
    | 'ownerId'
    | 'accountId'
    | 'status'
    | 'evidenceId'
    | 'nextRunAt'
    | 'version'
    | 'createdAt'
    | 'updatedAt'
  >;
  currency: string;
}

/** The market of a document, before its mappings are known. */
export function marketOf(document: DeploymentDocument, strategy: StrategyEntity): string {
  const market = document.market ?? inferMarket(document.ticker, strategy.tradingPeriod);
  if (isMarket(market)) return market;
  const known = MARKETS.join(', ');
  throw invalid([
    { field: 'market', rule: 'known', value: market, message: `market must be one of ${known}, was ${market}` },
  ]);
}

/** Everything a deployment row says that follows from the documents alone. @throws DomainError validation_failed */
export function planDeployment(
  document: DeploymentDocument,
  strategy: StrategyEntity,
  config: StrategyDocument,
  mappings: readonly Mapping[],
): DeploymentPlan {
  const market = marketOf(document, strategy);
  const timeframe = config.timeframe ?? '1d';
  const problems: FieldProblem[] = [];
  const schedule = document.schedule ?? 'daily_close';
  if (schedule === 'hourly' && !HOURLY_TIMEFRAMES.includes(timeframe)) {
    const message = `an hourly schedule needs a timeframe of 1h or finer, was ${timeframe}`;
    problems.push({ field: 'schedule', rule: 'timeframe', value: schedule, message });
  }
  const paper = document.paper ?? true;
  if (document.replay && !paper) {
    const message = 'replay must be absent when paper is false';
    problems.push({ field: 'replay', rule: 'paper_only', value: document.replay, message });
  }
  if (document.qty === undefined && document.sizing === undefined) {
    const message = 'qty must be given where sizing is absent';
    problems.push({ field: 'qty', rule: 'required', value: null, message });
  }
  if (problems.length > 0) throw invalid(problems);

  const { dataSymbol, warnings } = resolveDataSymbol({
    ticker: document.ticker,
    strategyTicker: config.ticker,
    market,
    mappings,
  });
  warnings.push(...periodWarnings(config.trading_period, market, timeframe));
  const joinRule = document.join ?? (config.kind === 'pipeline' ? 'next_entry' : 'now');
  const anchor = config.kind === 'pipeline' ? config.history_anchor : undefined;
  return {
    currency: usualRules(market, document.ticker).currency,
    fields: {
      strategyId: strategy.strategyId,
      strategyRevision: strategy.revision,
      configHash: strategy.configHash,
      artifactSha256: config.kind === 'pipeline' ? (config.artifact?.sha256 ?? null) : null,
      portfolio: document.portfolio ?? null,
      userLabel: document.user ?? null,
      broker: document.broker,
      ticker: document.ticker,
      dataSymbol,
      dataSource: null,
      adjustment: anchor?.adjustment ?? 'none',
      firstBar: anchor ? new Date(anchor.first_bar) : null,
      timeframe,
      qty: document.qty === undefined ? null : new Decimal(document.qty).toFixed(),
      capital: document.sizing === undefined ? null : new Decimal(document.sizing.capital).toFixed(),
      paper,
      market,
      schedule,
      enabled: document.enabled ?? true,
      sync: 'in_sync',
      syncReason: null,
      riskLimits: effectiveRiskLimits(document.risk_limits),
      joinRule,
      joined: joinRule === 'now',
      rebalanceBand: String(document.rebalance_band ?? 0),
      warnings,
      document,
    },
  };
}

/**
 * The source whose bars are traded: the one that the evidence rests on or the history anchor names, however many have the symbol; what
 * passed the gates is what trades. Else the one that the document states. Null: the only one that has them.
 * @throws DomainError `validation_failed` for a document that states another one than was proven
 */
export function tradedSource(
  document: Pick<DeploymentDocument, 'source' | 'replay'>,
  { dataSymbol, timeframe }: Pick<DeploymentEntity, 'dataSymbol' | 'timeframe'>,
  anchor: Pick<HistoryAnchor, 'source'> | undefined,
  evidence: Pick<PromotionEvidence, 'series'> | undefined,
): string | null {
  // evidence from before the series were kept has none
  const series = (evidence?.series ?? []).find((one) => one.symbol === dataSymbol && one.timeframe === timeframe);
  const proven = anchor?.source ?? series?.source;
  const stated = { source: document.source, 'replay.source': document.replay?.source };
  if (proven === undefined) return stated.source ?? stated['replay.source'] ?? null;
  const why = anchor ? "which the strategy's history anchor names" : "whose bars the strategy's evidence rests on";
  const problems = Object.entries(stated).flatMap(([field, value]): FieldProblem[] => {
    if (value === undefined || value === proven) return [];
    return [{ field, rule: 'proven_source', value, message: `${field} must be ${proven}, ${why}, was ${value}` }];
  });
  if (problems.length > 0) throw invalid(problems);
  return proven;
}

/** Where the deployment's bars begin: the anchor of the strategy, else the first stored bar of the series. */
export function bindSeries(
  fields: DeploymentPlan['fields'],
  series: SeriesInfo | null,
  anchor: HistoryAnchor | undefined,
): void {
  if (!series) return;
  fields.dataSource = series.source;
  fields.adjustment = anchor?.adjustment ?? series.adjustment;
  fields.firstBar ??= new Date(series.firstBarMs);
}

function periodWarnings(tradingPeriod: number, market: string, timeframe: Timeframe): Warning[] {
  const expected = calendarFor(market).barsPerYear('1d');
  if (timeframe !== '1d' || tradingPeriod === expected) return [];
  return [
    {
      code: 'trading_period_differs',
      field: 'market',
      message: `trading_period is ${tradingPeriod}, the ${market} calendar has about ${expected} daily bars a year`,
      trading_period: tradingPeriod,
      calendar: expected,
    },
  ];
}
