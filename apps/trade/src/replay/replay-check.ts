import type { StrategyDocument } from '@assay/contracts';
import { barAt, type BarColumns } from '@assay/domain';
import { calendarFor, dateOfUtc } from '@assay/market-data/calendars';
import { DAY_MS, invalid } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { Artifacts } from '../strategies/artifacts';
import { outsideSessions } from './outside-sessions';

/** What a replay goes over: dates of its first and last day. */
export interface ReplayRange {
  startDate: string;
  endDate: string;
}

type Replayed = Pick<DeploymentEntity, 'market' | 'timeframe' | 'adjustment' | 'firstBar'>;

/**
 * Everything for which a replay would fail that its documents and stored bars tell at once. It is asked when the deployment is made, so
 * that none is accepted that cannot run, and again when the worker begins, since bars may have changed in between.
 */
@Injectable()
export class ReplayCheck {
  constructor(
    private readonly series: SeriesStore,
    private readonly artifacts: Artifacts,
  ) {}

  /** The bars to replay, at least one. @throws DomainError `validation_failed` naming the field of the replay; as the strategy's evaluator */
  async sessions(
    deployment: Replayed,
    document: StrategyDocument,
    info: SeriesInfo,
    range: ReplayRange,
  ): Promise<BarColumns> {
    const { startDate: start, endDate: end } = range;
    const fromMs = Date.parse(`${start}T00:00:00Z`);
    const toMs = Date.parse(`${end}T00:00:00Z`) + DAY_MS;
    const sessions = await this.series.read(info, deployment.adjustment, fromMs, toMs);
    refuseEmpty(sessions, info, range);
    refuseOutsideSessions(deployment.market, sessions, range);
    const firstMs = sessions.openTimeMs[0]!;
    refuseBeforeTrainEnd(document, firstMs, start);
    await this.refuseBadStart(deployment, info, firstMs, start);
    await this.refuseSplit(deployment, info, sessions, range);
    // a column that the bars do not have, or a model that is not there, is found by the first bar
    (await this.artifacts.evaluator(document)).update(barAt(sessions, 0));
    return sessions;
  }

  private async refuseBadStart(
    { adjustment, firstBar }: Replayed,
    info: SeriesInfo,
    firstMs: number,
    start: string,
  ): Promise<void> {
    const historyMs = firstBar?.getTime() ?? info.firstBarMs;
    if (historyMs < firstMs && (await this.series.read(info, adjustment, historyMs, firstMs)).close.length > 0) return;
    const first = dateOfUtc(historyMs);
    const message = `replay.start must be after ${first}, the first bar that the strategy is fed: one before the replay is needed to begin from, was ${start}`;
    throw invalid([{ field: 'replay.start', rule: 'history', value: start, message }]);
  }

  /** On raw prices a split is a move of the price to the strategy, which no run trades through. */
  private async refuseSplit(
    { market, timeframe, adjustment }: Replayed,
    info: SeriesInfo,
    sessions: BarColumns,
    range: ReplayRange,
  ): Promise<void> {
    if (adjustment !== 'none') return;
    const { openTimeMs } = sessions;
    const closeMs = calendarFor(market).barCloseMs(openTimeMs.at(-1)!, timeframe);
    const [split] = await this.series.splitsBetween(info, openTimeMs[0]! - 1, closeMs);
    if (!split) return;
    const message = `replay must not reach over the split of ${split.exDate} (${split.value} for 1), for its prices are raw: end it before, or begin after`;
    throw refusal('no_split', range, message);
  }
}

const refusal = (rule: string, { startDate: start, endDate: end }: ReplayRange, message: string): Error =>
  invalid([{ field: 'replay', rule, value: { start, end }, message }]);

function refuseEmpty({ openTimeMs }: BarColumns, info: SeriesInfo, range: ReplayRange): void {
  if (openTimeMs.length > 0) return;
  const stored = `stored are ${dateOfUtc(info.firstBarMs)} to ${dateOfUtc(info.lastBarMs)}`;
  const message = `replay must hold stored bars, there are none between ${range.startDate} and ${range.endDate}: ${stored}, with gaps`;
  throw refusal('bars_in_range', range, message);
}

/** A bar of a day on which the market was closed has no close at which anything could trade. */
function refuseOutsideSessions(market: string, sessions: BarColumns, range: ReplayRange): void {
  const calendar = calendarFor(market);
  const [begin] = calendar.coverage;
  if (dateOfUtc(sessions.openTimeMs[0]!) < begin) {
    const value = range.startDate;
    const message = `replay.start must be at least ${begin}, from when the sessions of the market ${market} are known, was ${value}`;
    throw invalid([{ field: 'replay.start', rule: 'calendar_coverage', value, message }]);
  }
  const outside = outsideSessions(sessions, calendar);
  if (outside.length === 0) return;
  const message =
    `replayed bars must lie on sessions of the market ${market}, ${outside.length} of ${sessions.openTimeMs.length} do not, first ` +
    `${dateOfUtc(outside[0]!)}: replay other days, or import the series without them or under the market whose days they are`;
  throw refusal('session_dates', range, message);
}

/** The hallmark covers bars after `train_end` only: before it the artifact has seen what it would predict. */
function refuseBeforeTrainEnd(document: StrategyDocument, firstMs: number, start: string): void {
  const trainEnd = document.kind === 'pipeline' ? document.artifact?.train_end : null;
  if (!trainEnd || firstMs > Date.parse(trainEnd)) return;
  const message = `replay.start must be after ${trainEnd}, until when the model was trained (train_end), was ${start}`;
  throw invalid([{ field: 'replay.start', rule: 'after_train_end', value: start, message }]);
}
