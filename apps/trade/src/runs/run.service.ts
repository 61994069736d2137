import type { Broker, Clock, Decision } from '@assay/domain';
import { hasJoined } from '@assay/domain';
import type { StrategyDocument } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import { DAY_MS, Decimal, newId } from '@assay/primitives';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import type { VenueFacts } from '../risk-gate/venue-facts';
import { VenueReader } from '../execution/venue-reader';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { DecisionInput } from '../execution/order-planner';
import { OrderPlanner } from '../execution/order-planner';
import { OpenOrdersService } from '../execution/open-orders.service';
import { expireIntents } from '../execution/ended-intents';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { nextRunMs } from '../schedules/next-run';
import { RunScheduler } from '../schedules/run-scheduler';
import { documentFor } from '../strategies/document-for';
import { StrategyEntity } from '../records/strategies/strategy.entity';
import type { Feed } from './bar-feed';
import { BarFeed } from './bar-feed';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { RunEntity } from '../records/runs/run.entity';
import { settleEarlier } from './settle-runs';
import { logSignals } from './signal-log';

export interface RunRequest {
  deploymentId: string;
  clock: Clock;
  trigger: 'bar' | 'manual';
  /** The deployment's broker, where the caller has it open. */
  broker?: Broker;
  /** Effects that belong in the run's own transaction. */
  within?: (em: EntityManager, deployment: DeploymentEntity) => Promise<void>;
}

export interface RunResult {
  outcome: string;
  barCloseTime: string | null;
  intents: OrderIntentEntity[];
}

/** One evaluation of a deployment: the newest closed bar becomes log rows and intents, once, in one transaction. */
@Injectable()
export class RunService {
  private readonly log = new Logger(RunService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly feed: BarFeed,
    private readonly brokers: BrokerRegistry,
    private readonly decisions: OrderPlanner,
    private readonly orders: OpenOrdersService,
    private readonly venues: VenueReader,
    private readonly scheduler: RunScheduler,
  ) {}

  async run(request: RunRequest): Promise<RunResult> {
    const { deploymentId, clock } = request;
    const known = await this.tx.run((em) => em.findOneBy(DeploymentEntity, { deploymentId }));
    if (!known || !runs(known)) return idle(known);
    const broker = request.broker ?? (await this.brokers.open(known, clock));
    return this.orders.clearFor(known, broker, clock, async (tookBack) => {
      const venue = await this.venues.read(broker, known);
      return this.tx.run((em) => this.runIn(em, request, venue, tookBack));
    });
  }

  private async runIn(
    em: EntityManager,
    request: RunRequest,
    venue: VenueFacts,
    tookBack: boolean,
  ): Promise<RunResult> {
    const { deploymentId, clock } = request;
    const lock = { mode: 'pessimistic_write' as const };
    const deployment = await em.findOne(DeploymentEntity, { where: { deploymentId }, lock });
    if (!deployment || !runs(deployment)) return idle(deployment);
    const calendar = calendarFor(deployment.market);
    const nowMs = clock.nowMs();
    const ended = calendar.endWarning(calendar.localDate(nowMs));
    if (ended) this.log.warn(`deployment ${deploymentId}: ${ended.message}`);
    const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, nowMs);
    const result: RunResult =
      expectedCloseMs === null
        ? { outcome: 'no_session', barCloseTime: null, intents: [] }
        : await this.evaluate(em, deployment, request, expectedCloseMs, { venue, tookBack });
    await request.within?.(em, deployment);
    await this.plan(em, deployment, nowMs, request);
    for (const intent of result.intents) {
      if (!request.within) await this.scheduler.send(em, deployment, intent.sendAfter);
    }
    return result;
  }

  private async evaluate(
    em: EntityManager,
    deployment: DeploymentEntity,
    request: RunRequest,
    expectedCloseMs: number,
    venue: Pick<DecisionInput, 'venue' | 'tookBack'>,
  ): Promise<RunResult> {
    const { clock, trigger } = request;
    const nowMs = clock.nowMs();
    const barCloseTime = new Date(expectedCloseMs).toISOString();
    const run = await claim(em, deployment.deploymentId, new Date(expectedCloseMs), trigger, new Date(nowMs));
    if (!run) return { outcome: 'already_done', barCloseTime, intents: [] };
    const taken = await this.takeOrSay(em, deployment, nowMs, request);
    const fed = 'problem' in taken ? null : taken.feed;
    const newest = fed?.fed.at(-1) ?? null;
    if (fed) await logSignals(em, deployment, fed, nowMs);
    const calendar = calendarFor(deployment.market);
    await settleEarlier(em, deployment, calendar, fed, expectedCloseMs, nowMs);
    if (fed && !deployment.joined && joins(deployment, fed)) {
      deployment.joined = true;
      await em.update(DeploymentEntity, { deploymentId: deployment.deploymentId }, { joined: true });
    }
    const lastCloseMs = newest && calendar.barCloseMs(newest.decision.openTimeMs, deployment.timeframe);
    const waiting = lastCloseMs === null || lastCloseMs < expectedCloseMs;
    if (waiting && run.seen) return { outcome: 'waiting_for_bars', barCloseTime, intents: [] };
    const signal = newest && signalOf(newest.decision);
    await expireIntents(em, deployment, nowMs);
    const intents = await this.decisions.decide(em, {
      deployment,
      ...venue,
      clock,
      runId: run.runId,
      trigger: 'bar',
      triggerKey: barCloseTime,
      signal,
      weight: newest?.decision.weight ?? 0,
      joined: deployment.joined,
      data: { lastCloseMs: fed && !newest ? await this.lastTaken(em, deployment) : lastCloseMs, expectedCloseMs },
      lastPrice: newest ? new Decimal(newest.close).toFixed() : null,
      noSignal: 'problem' in taken ? taken.problem : (newest?.decision.reason ?? null),
      logHold: true,
    });
    const outcome = waiting ? 'waiting_for_bars' : intents.length > 0 ? 'intended' : 'held';
    await em.update(
      RunEntity,
      { runId: run.runId },
      {
        state: waiting ? 'waiting_for_bars' : 'done',
        outcome,
        reason: waiting ? ('problem' in taken ? taken.problem : 'its bar is not stored yet') : null,
        finishedAt: waiting ? null : new Date(nowMs),
      },
    );
    return { outcome, barCloseTime, intents };
  }

  /** What cannot be evaluated, for a reason that has a code, is logged with it and tried again; a replay ends there instead. */
  private async takeOrSay(
    em: EntityManager,
    deployment: DeploymentEntity,
    nowMs: number,
    request: RunRequest,
  ): Promise<{ feed: Feed | null } | { problem: string }> {
    try {
      return { feed: await this.take(em, deployment, nowMs) };
    } catch (error) {
      if (request.within || (error as Error).name !== 'DomainError') throw error;
      this.log.warn(`deployment ${deployment.deploymentId} was not evaluated: ${(error as Error).message}`);
      return { problem: (error as Error & { code: string }).code };
    }
  }

  /** Null when there are no bars at all. */
  private async take(em: EntityManager, deployment: DeploymentEntity, nowMs: number): Promise<Feed | null> {
    const { dataSymbol, timeframe, dataSource, strategyId, strategyRevision: revision } = deployment;
    const info = await this.series.findRecent(dataSymbol, timeframe, dataSource ?? undefined);
    if (!info) return null;
    if (!deployment.firstBar) {
      const { adjustment, source } = info;
      const set = { firstBar: new Date(info.firstBarMs), adjustment, dataSource: source };
      Object.assign(deployment, set);
      await em.update(DeploymentEntity, { deploymentId: deployment.deploymentId }, set);
    }
    const strategy = await em.findOneByOrFail(StrategyEntity, { strategyId, revision });
    const document = await documentFor(em, strategy, deployment.ticker);
    const calendar = calendarFor(deployment.market);
    const state =
      (await this.feed.known(em, deployment)) ?? (await this.beginAtNewest(em, deployment, document, info, nowMs));
    return state && this.feed.take(em, deployment, document, info, state, calendar, nowMs);
  }

  /** The first run of a deployment logs the newest closed bar; the state is made of all bars before it. */
  private async beginAtNewest(
    em: EntityManager,
    deployment: DeploymentEntity,
    document: StrategyDocument,
    info: SeriesInfo,
    nowMs: number,
  ): Promise<EvaluatorStateEntity | null> {
    const newestMs = await this.newestClosedBar(deployment, info, nowMs);
    return newestMs === null ? null : this.feed.begin(em, deployment, document, info, newestMs);
  }

  private async newestClosedBar(deployment: DeploymentEntity, info: SeriesInfo, nowMs: number): Promise<number | null> {
    const calendar = calendarFor(deployment.market);
    const bars = await this.series.read(info, 'none', nowMs - 21 * DAY_MS, nowMs);
    for (let i = bars.openTimeMs.length - 1; i >= 0; i -= 1) {
      if (calendar.barCloseMs(bars.openTimeMs[i]!, deployment.timeframe) <= nowMs) return bars.openTimeMs[i]!;
    }
    return info.lastBarMs < nowMs ? info.lastBarMs : null;
  }

  private async lastTaken(em: EntityManager, deployment: DeploymentEntity): Promise<number | null> {
    const [row] = (await em.query('SELECT last_bar FROM trade.evaluator_state WHERE deployment_id = $1', [
      deployment.deploymentId,
    ])) as { last_bar: Date }[];
    return row ? calendarFor(deployment.market).barCloseMs(row.last_bar.getTime(), deployment.timeframe) : null;
  }

  private async plan(
    em: EntityManager,
    deployment: DeploymentEntity,
    nowMs: number,
    request: RunRequest,
  ): Promise<void> {
    if (request.within) return;
    const next = nextRunMs(deployment.schedule, deployment.timeframe, calendarFor(deployment.market), nowMs);
    deployment.nextRunAt = next === null ? null : new Date(next);
    await em.update(DeploymentEntity, { deploymentId: deployment.deploymentId }, { nextRunAt: deployment.nextRunAt });
    await this.scheduler.plan(em, deployment);
  }
}

const runs = ({ status }: DeploymentEntity): boolean => status !== 'stopped' && status !== 'created';

const idle = (deployment: DeploymentEntity | null): RunResult => ({
  outcome: deployment?.status ?? 'unknown_deployment',
  barCloseTime: null,
  intents: [],
});

/** The run row of a bar; null when the bar was evaluated already. `seen`: an earlier run found its bars missing and said so. */
async function claim(
  em: EntityManager,
  deploymentId: string,
  barCloseTime: Date,
  trigger: RunEntity['trigger'],
  startedAt: Date,
): Promise<{ runId: string; seen: boolean } | null> {
  const [made] = (await em.query(
    `INSERT INTO trade.run (run_id, deployment_id, bar_close_time, trigger, state, started_at)
     VALUES ($1, $2, $3, $4, 'waiting_for_bars', $5) ON CONFLICT (deployment_id, bar_close_time) DO NOTHING RETURNING run_id`,
    [newId(), deploymentId, barCloseTime, trigger, startedAt],
  )) as { run_id: string }[];
  if (made) return { runId: made.run_id, seen: false };
  const known = await em.findOneByOrFail(RunEntity, { deploymentId, barCloseTime });
  return known.state === 'waiting_for_bars' ? { runId: known.runId, seen: true } : null;
}

/** What the gate is told: nothing where an input was missing, flat before the first target, else the target in force. */
function signalOf(decision: Decision): number | null {
  if (decision.decision === 'no_signal') return null;
  return Number.isNaN(decision.signal) ? 0 : decision.signal;
}

/** Bars that are caught up count too: the target that stood at the start may have changed and come back on them. */
function joins(deployment: DeploymentEntity, { fed, signalAtStart }: Feed): boolean {
  return fed.some(({ decision }) => hasJoined(deployment.joinRule, false, signalAtStart, signalOf(decision)));
}
