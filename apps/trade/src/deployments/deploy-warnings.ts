import { effectiveRiskLimits } from '@assay/domain';
import { isDated, TIMEFRAME_MINUTES, type StrategyDocument, type Warning } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import { DAY_MS } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { sessionCloseMs } from '../bars/bar-over';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import { ResultStore } from '../records/strategies/result.store';
import { syntheticReasons } from './live-guard';
import { closedBars, outsideMessage, unclosedMessage } from '../runs/closed-bars';
import { Compute } from '../runs/compute';
import type { EvidenceEntity } from '../records/strategies/evidence.entity';
import { StrategyDocuments } from '../strategies/strategy-documents';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

type Deployed = Pick<
  DeploymentEntity,
  | 'strategyId'
  | 'strategyRevision'
  | 'ticker'
  | 'market'
  | 'paper'
  | 'document'
  | 'dataSymbol'
  | 'timeframe'
  | 'dataSource'
  | 'adjustment'
  | 'firstBar'
  | 'warnings'
  | 'riskLimits'
>;

/** No bar that is still open began earlier. */
const LONGEST_BAR_MS = 60 * DAY_MS;

/** What is found anew whenever a deployment is made or changed; the other warnings come from what it pins and stay. */
const FOUND_ANEW: ReadonlySet<Warning['code']> = new Set([
  'no_bars',
  'limits_not_backtested',
  'no_stop_loss',
  'margin_calls_of_venue',
  'never_fires',
  'fills_at_next_bar',
  'entry_watched_at_opens',
  'unclosed_bars',
  'bars_outside_sessions',
]);

/** What the stored bars, the stated limits and the thresholds say about a deployment. */
@Injectable()
export class DeployWarnings {
  constructor(
    private readonly series: SeriesStore,
    private readonly compute: Compute,
    private readonly documents: StrategyDocuments,
    private readonly results: ResultStore,
  ) {}

  /** Of a deployment that is being made; `info` is its series, null where nothing is stored. */
  async found(
    em: EntityManager,
    fields: Deployed,
    config: StrategyDocument,
    info: SeriesInfo | null,
  ): Promise<Warning[]> {
    const { strategyId, strategyRevision: revision } = fields;
    const results = await this.results.count(em, strategyId, revision);
    return [
      ...(info ? [] : [noBars(fields)]),
      limitsWarning(fields, config, revision, results),
      ...stopWarnings(fields, config),
      ...marginWarnings(config),
      ...(info ? await this.unclosedBars(fields, info) : []),
      ...(info ? await this.silentThresholds(fields, config, info) : []),
      ...(info ? await this.lateFills(fields, info) : []),
      ...(info && config.entry_order ? await this.unseenEntries(fields, info) : []),
    ];
  }

  /**
   * Where one bar follows another without a pause, an order leaves after the next bar has opened: by seconds, but the next price that
   * long bars know of is a whole bar away. A replay has no such seconds.
   */
  private async lateFills(
    { paper, market, timeframe, dataSymbol, document }: Deployed,
    { source }: SeriesInfo,
  ): Promise<Warning[]> {
    const isLong = isDated(timeframe) ? calendarFor(market).isContinuous : TIMEFRAME_MINUTES[timeframe] >= 60;
    if (!paper || document.replay || !isLong) return [];
    if (await this.series.finerRecent(dataSymbol, timeframe, source)) return [];
    return [
      {
        code: 'fills_at_next_bar',
        field: 'paper',
        message: `paper orders that are sent after a ${timeframe} bar has opened are filled when the next one opens: store finer bars of ${dataSymbol} from ${source}, such as 1m, for fills within a minute`,
        data_symbol: dataSymbol,
        source,
        timeframe,
      },
    ];
  }

  /** The bars that run are told of when they are over, but for their opens; a replay is told of all of each. */
  private async unseenEntries(
    { document, timeframe, dataSymbol }: Deployed,
    { source }: SeriesInfo,
  ): Promise<Warning[]> {
    if (document.replay || (await this.series.finerRecent(dataSymbol, timeframe, source))) return [];
    return [
      {
        code: 'entry_watched_at_opens',
        field: 'ticker',
        message: `entry orders are watched at the opens of ${timeframe} bars alone, and what a bar reaches between is entered at the next open: store finer bars of ${dataSymbol} from ${source}, such as 1m`,
        data_symbol: dataSymbol,
        source,
        timeframe,
      },
    ];
  }

  /** Of a deployment that is being changed: all of its warnings, as they are with the changed document. */
  async afterChange(em: EntityManager, row: Deployed): Promise<Warning[]> {
    const config = await this.documents.pinned(em, row);
    const info = await this.series.find(row.dataSymbol, row.timeframe, row.dataSource ?? undefined);
    const kept = row.warnings.filter((warning) => !FOUND_ANEW.has(warning.code));
    return [...kept, ...(await this.found(em, row, config, info))];
  }

  /** Newest stored bars that have not closed yet, or lie outside of the sessions: no run decides on them. */
  private async unclosedBars({ market }: Deployed, info: SeriesInfo): Promise<Warning[]> {
    const calendar = calendarFor(market);
    const nowMs = Date.now();
    const newestMs = sessionCloseMs(calendar, info.lastBarMs, info.timeframe);
    if (newestMs !== null && newestMs <= nowMs) return [];
    const stored = await this.series.read(info, 'none', Math.min(nowMs, info.lastBarMs) - LONGEST_BAR_MS);
    const closed = closedBars(stored, calendar, nowMs);
    const found: [Warning['code'], string | null][] = [
      ['unclosed_bars', unclosedMessage(stored, closed, calendar)],
      ['bars_outside_sessions', outsideMessage(stored, closed, calendar)],
    ];
    return found.flatMap(([code, message]) => (message === null ? [] : [{ code, field: 'ticker', message }]));
  }

  /** Thresholds of a substrategies document that no stored bar reaches; a promoted document was told so in research. */
  private async silentThresholds(
    { adjustment, firstBar }: Deployed,
    document: StrategyDocument,
    info: SeriesInfo,
  ): Promise<Warning[]> {
    if (document.kind === 'pipeline') return [];
    const bars = await this.series.read(info, adjustment, firstBar?.getTime());
    return bars.close.length === 0 ? [] : this.compute.neverFires({ document, artifact: null, bars });
  }
}

const noBars = ({ timeframe, dataSymbol }: Deployed): Warning => ({
  code: 'no_bars',
  field: 'ticker',
  message: `no ${timeframe} bars of ${dataSymbol} are stored: every run will be HOLD insufficient_data`,
  data_symbol: dataSymbol,
});

/** What is in force, whether it was sent or is a default: backtests run under no limits. */
function limitsWarning(
  fields: Pick<Deployed, 'riskLimits' | 'document'>,
  config: StrategyDocument,
  revision: number,
  storedResults: number,
): Warning {
  // A stored row forgets the order of its keys.
  const limits = effectiveRiskLimits(fields.riskLimits);
  const inForce = Object.entries(limits).filter(([, value]) => value !== null);
  const stated = inForce.map(([limit, value]) => `${limit} ${value}`);
  return {
    code: 'limits_not_backtested',
    field: 'risk_limits',
    message: `no backtest has run under ${stated.join(', ')}: where one of them holds an order back, trading departs from the tested result`,
    limits,
    origins: limitOrigins(fields, config),
    revision,
    stored_results: storedResults,
  };
}

/** Where each limit in force comes from. The strategy's own stop was part of every backtest of it. */
function limitOrigins(
  { riskLimits, document }: Pick<Deployed, 'riskLimits' | 'document'>,
  config: StrategyDocument,
): Record<string, 'stated' | 'default' | 'strategy' | 'none'> {
  const limits = effectiveRiskLimits(riskLimits);
  const stated = document.risk_limits ?? {};
  return Object.fromEntries(
    Object.entries(limits).map(([limit, value]) => {
      if (limit in stated) return [limit, 'stated'];
      if (value !== null) return [limit, 'default'];
      return [limit, hasOwnStop(config) ? 'strategy' : 'none'];
    }),
  );
}

const hasOwnStop = ({ protection }: StrategyDocument): boolean =>
  protection?.stop_loss !== undefined || protection?.trailing_stop !== undefined;

function stopWarnings({ riskLimits }: Pick<Deployed, 'riskLimits'>, config: StrategyDocument): Warning[] {
  if (effectiveRiskLimits(riskLimits).stop_loss_pct !== null || hasOwnStop(config)) return [];
  const message =
    'no loss of a position ends it: state risk_limits.stop_loss_pct, or a stop in the strategy, where backtests run under it too';
  return [{ code: 'no_stop_loss', field: 'risk_limits.stop_loss_pct', message }];
}

/** A position is resized to its weight at every close all the same; what closes one between them is the venue. */
function marginWarnings({ sizing }: StrategyDocument): Warning[] {
  const margin = sizing?.leverage?.margin;
  if (margin === undefined) return [];
  const message = `the backtest answered a margin call by ${margin.on_call} below a maintenance of ${margin.maintenance}; the deployment leaves margin calls to its venue`;
  return [{ code: 'margin_calls_of_venue', field: 'sizing.leverage.margin', message, ...margin }];
}

/** Of a deployment that was tested on bars that were made up, or decides on them. */
export function syntheticWarnings(evidence: EvidenceEntity | null, info: SeriesInfo): Warning[] {
  const reasons = syntheticReasons(evidence, info);
  if (reasons.length === 0) return [];
  const message = `${reasons.join('; ')}: results say nothing about a market, and live trading is refused`;
  return [{ code: 'synthetic_bars', field: 'ticker', message, source: info.source, data_symbol: info.symbol }];
}
