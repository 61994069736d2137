import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns, Decision, EvaluatorState } from '@assay/domain';
import { barAt, decodeState, encodeState, sliceBars } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';
import { HOUR_MS, refuse } from '@assay/primitives';
import { levelsOnBasis, type ProtectiveLevels, type RestingEntry } from '@assay/quant';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { Artifacts } from '../strategies/artifacts';
import { closedBars, unclosedMessage } from './closed-bars';
import { Compute } from './compute';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';
import { restingOf } from '../records/runs/resting-order';
import { RunStore } from '../records/runs/run.store';

export interface FedBar {
  decision: Decision;
  /** The stored close, on the venue's basis of today: what orders are priced with. */
  close: number;
  /** On the same basis, the price at which an entry order was filled in the bar; null: none was. */
  entry: number | null;
}

export interface Feed {
  /** Bars taken now, oldest first; empty when there was nothing new. */
  fed: FedBar[];
  /** The open of the newest bar that the evaluator has taken, now or earlier. */
  lastBarMs: number;
  featureNames: readonly string[];
  signalAtStart: number;
  /** The entry order that rested before the first of the bars; null: none did. */
  rested: RestingEntry | null;
}

/**
 * A correction is stamped before it can be seen: a state that is younger by less may have been made of the bars before it. The history is then
 * checked once too often, never not at all.
 */
const LONGEST_CORRECTION_MS = HOUR_MS;

/** Feeds closed bars to the deployment's evaluator, from and to the state in the database. */
@Injectable()
export class BarFeed {
  private readonly log = new Logger(BarFeed.name);

  constructor(
    private readonly series: SeriesStore,
    private readonly artifacts: Artifacts,
    private readonly compute: Compute,
    private readonly runs: RunStore,
  ) {}

  known(em: EntityManager, { deploymentId }: DeploymentEntity): Promise<EvaluatorStateEntity | null> {
    return this.runs.state(em, deploymentId);
  }

  /**
   * Makes the state as of the bars before `firstLoggedMs` if there is none yet: every bar from the history anchor on, as the
   * backtest saw them.
   */
  async begin(
    em: EntityManager,
    deployment: DeploymentEntity,
    document: StrategyDocument,
    info: SeriesInfo,
    firstLoggedMs: number,
  ): Promise<EvaluatorStateEntity | null> {
    const known = await this.known(em, deployment);
    if (known) return known;
    const anchor = document.kind === 'pipeline' ? document.history_anchor : undefined;
    if (anchor?.fingerprint) await this.series.checkAnchor(info, anchor);
    const fromMs = deployment.firstBar?.getTime() ?? info.firstBarMs;
    const bars = await this.series.read(info, deployment.adjustment, fromMs, firstLoggedMs);
    const n = bars.close.length;
    if (n === 0) return null;
    const artifact = await this.artifacts.of(document);
    const { state, last, levels } = await this.compute.warmUp({ document, artifact, bars });
    const signal = last?.signal ?? NaN;
    const signalAtStart = Number.isNaN(signal) ? 0 : signal;
    return this.save(em, deployment, { state, levels }, bars, signalAtStart, bars.openTimeMs[0]!);
  }

  /** Takes every bar after the state that has closed by `nowMs`. @throws as `after` */
  async take(
    em: EntityManager,
    deployment: DeploymentEntity,
    document: StrategyDocument,
    info: SeriesInfo,
    state: EvaluatorStateEntity,
    calendar: SessionCalendar,
    nowMs: number,
  ): Promise<Feed> {
    const { closed, bars } = await this.after(deployment, document, info, state, calendar, nowMs);
    const evaluator = await this.artifacts.evaluator(document);
    evaluator.load(decodeState(state.state));
    const fed: FedBar[] = [];
    for (let i = 1; i < bars.close.length; i += 1) {
      const decision = evaluator.update(barAt(bars, i));
      const close = closed.close[i]!;
      const entry = decision.entry && decision.entry * (close / bars.close[i]!);
      fed.push({ decision, close, entry });
    }
    const { featureNames } = evaluator;
    if (fed.length > 0) {
      const levels = evaluator.levels();
      const basis = closed.close.at(-1)! / bars.close.at(-1)!;
      const now = { state: evaluator.save(), levels: levels && levelsOnBasis(levels, basis) };
      await this.save(em, deployment, now, bars, state.signalAtStart, state.firstBar.getTime());
    }
    const lastBarMs = bars.openTimeMs.at(-1)!;
    return { fed, lastBarMs, featureNames, signalAtStart: state.signalAtStart, rested: restingOf(state) };
  }

  /**
   * The bars that have closed by `nowMs` from the state's last one on, as they are and on the basis that the state was fed on.
   * @throws DomainError `evidence_mismatch` or `history_changed` where the state cannot go on with them
   */
  async after(
    deployment: DeploymentEntity,
    document: StrategyDocument,
    info: SeriesInfo,
    state: EvaluatorStateEntity,
    calendar: SessionCalendar,
    nowMs: number,
  ): Promise<{ closed: BarColumns; bars: BarColumns }> {
    if (state.configHash !== deployment.configHash || state.artifactSha256 !== deployment.artifactSha256) {
      throw refuse('evidence_mismatch', 'the evaluator state is of other content than the deployment', {
        state_config_hash: state.configHash,
        config_hash: deployment.configHash,
      });
    }
    const anchor = document.kind === 'pipeline' ? document.history_anchor : undefined;
    const isCorrected =
      info.correctedAtMs !== null && info.correctedAtMs >= state.updatedAt.getTime() - LONGEST_CORRECTION_MS;
    if (isCorrected && anchor?.fingerprint) await this.series.checkAnchor(info, anchor);
    const from = state.lastBar.getTime();
    const stored = await this.series.read(info, deployment.adjustment, from, nowMs);
    if (stored.openTimeMs[0] !== from) {
      throw refuse('history_changed', `the bar of ${state.lastBar.toISOString()} is no longer stored`);
    }
    const decided = closedBars(stored, calendar, nowMs);
    // the state's own bar stays, though it may lie outside of the sessions
    const closed = decided.close.length > 0 ? decided : sliceBars(stored, 0, 1);
    const unclosed = unclosedMessage(stored, closed, calendar);
    if (unclosed) this.log.warn(`deployment ${deployment.deploymentId}: ${unclosed}`);
    return { closed, bars: onBasis(closed, state.lastClose, deployment.adjustment) };
  }

  private async save(
    em: EntityManager,
    deployment: DeploymentEntity,
    { state, levels }: { state: EvaluatorState; levels: ProtectiveLevels | null },
    bars: BarColumns,
    signalAtStart: number,
    firstBarMs: number,
  ): Promise<EvaluatorStateEntity> {
    const row: EvaluatorStateEntity = {
      deploymentId: deployment.deploymentId,
      configHash: deployment.configHash,
      artifactSha256: deployment.artifactSha256,
      bars: state.bars,
      firstBar: new Date(firstBarMs),
      lastBar: new Date(bars.openTimeMs.at(-1)!),
      lastClose: bars.close.at(-1)!,
      signalAtStart,
      state: encodeState(state),
      levels,
      updatedAt: new Date(),
    };
    await this.runs.keepState(em, row);
    return row;
  }
}

/**
 * New bars on the price basis that the state was fed on: a dividend or split re-scales all stored history, and the state must not see
 * that as a price move. Without adjustment a changed close is a changed history.
 */
function onBasis(bars: BarColumns, lastClose: number, adjustment: DeploymentEntity['adjustment']): BarColumns {
  const ratio = lastClose / bars.close[0]!;
  if (ratio === 1) return bars;
  if (adjustment === 'none' || !Number.isFinite(ratio)) {
    throw refuse('history_changed', `the close of the newest evaluated bar must be ${lastClose}, was ${bars.close[0]}`);
  }
  const scaled = (column: Float64Array): Float64Array => column.map((value) => value * ratio);
  return {
    ...bars,
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
  };
}
