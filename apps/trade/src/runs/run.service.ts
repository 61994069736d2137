import type { StrategyDocument } from '@assay/contracts';
import type { Venue, Clock, Decision } from '@assay/domain';
import { hasJoined } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import { DAY_MS, Decimal, isDomainError } from '@assay/primitives';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import { barOverMs, sessionCloseMs } from '../bars/bar-over';
import type { SeriesInfo } from '../bars/series-store';
import type { FeedNews } from '../bars/fresh-bars';
import { FreshBars } from '../bars/fresh-bars';
import { SeriesStore } from '../bars/series-store';
import { EndedIntents } from '../execution/ended-intents';
import { OpenOrdersService } from '../execution/open-orders.service';
import { OrderPlanner } from '../execution/order-planner';
import { VenueReader } from '../execution/venue-reader';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';
import { PositionStore } from '../records/positions/position.store';
import { RunStore } from '../records/runs/run.store';
import type { RunContext } from '../risk-gate/run-context';
import { SplitGuard } from '../risk-gate/split-guard';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { nextRunMs } from '../schedules/next-run';
import { RunScheduler } from '../schedules/run-scheduler';
import { StrategyDocuments } from '../strategies/strategy-documents';
import type { Feed } from './bar-feed';
import { BarFeed } from './bar-feed';
import { EarlierRuns } from './earlier-runs';
import { entryWords } from './entry-words';

/** Longer than a month and every closure after it. */
const LONGEST_LOOK_MS = 60 * DAY_MS;

export interface RunRequest {
  deploymentId: string;
  clock: Clock;
  trigger: 'bar' | 'manual';
  /** The deployment's broker, where the caller has it open. */
  broker?: Venue;
  /** Effects that belong in the run's own transaction. */
  within?: (em: EntityManager, deployment: DeploymentEntity) => Promise<void>;
}

export interface RunResult {
  outcome: string;
  barCloseTime: string | null;
  intents: OrderIntentEntity[];
}

/** One evaluation in its transaction: what it rests on, and when it was begun. */
interface Evaluation extends RunContext {
  request: RunRequest;
  nowMs: number;
  /** The newest bar close by the calendar. */
  expectedCloseMs: number;
  tookBack: boolean;
  /** Of the feed, while the newest bar is missing that it should bring. */
  news: FeedNews | null;
}

/** The least time until a feed is asked again for a bar that it did not have. */
const SOON_MS = 1000;

/** One evaluation of a deployment: the newest closed bar becomes log rows and intents, once, in one transaction. */
@Injectable()
export class RunService {
  private readonly log = new Logger(RunService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly fresh: FreshBars,
    private readonly feed: BarFeed,
    private readonly splits: SplitGuard,
    private readonly documents: StrategyDocuments,
    private readonly brokers: VenuePool,
    private readonly planner: OrderPlanner,
    private readonly orders: OpenOrdersService,
    private readonly ended: EndedIntents,
    private readonly venues: VenueReader,
    private readonly scheduler: RunScheduler,
    private readonly earlier: EarlierRuns,
    private readonly deployments: DeploymentStore,
    private readonly runs: RunStore,
    private readonly logs: LogStore,
    private readonly positions: PositionStore,
  ) {}

  async run(request: RunRequest): Promise<RunResult> {
    const { deploymentId, clock } = request;
    const known = await this.tx.run((em) => this.deployments.find(em, deploymentId));
    if (!known || !runs(known)) return idle(known);
    const news = await this.askFeed(known, request);
    const broker = request.broker ?? (await this.brokers.open(known, clock));
    return this.orders.clearFor(known, broker, clock, async (tookBack) => {
      const venue = await this.venues.read(broker, known);
      return this.tx.run((em) => this.runIn(em, request, { venue, tookBack, news }));
    });
  }

  private async runIn(
    em: EntityManager,
    request: RunRequest,
    { venue, tookBack, news }: Pick<Evaluation, 'venue' | 'tookBack' | 'news'>,
  ): Promise<RunResult> {
    const { deploymentId, clock } = request;
    const deployment = await this.deployments.tryLock(em, deploymentId);
    if (!deployment || !runs(deployment)) return idle(deployment);
    const calendar = calendarFor(deployment.market);
    const nowMs = clock.nowMs();
    const ended = calendar.endWarning(calendar.tradingDate(nowMs));
    if (ended) this.log.warn(`deployment ${deploymentId}: ${ended.message}`);
    const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, nowMs);
    const context = { deployment, calendar, clock, venue };
    const result: RunResult =
      expectedCloseMs === null
        ? { outcome: 'no_session', barCloseTime: null, intents: [] }
        : await this.evaluate(em, { ...context, request, nowMs, expectedCloseMs, tookBack, news });
    await request.within?.(em, deployment);
    if (!request.within) {
      await this.plan(em, context, nowMs);
      for (const intent of result.intents) await this.scheduler.send(em, deployment, intent.sendAfter);
    }
    return result;
  }

  private async evaluate(em: EntityManager, evaluation: Evaluation): Promise<RunResult> {
    const { deployment, calendar, request, nowMs, expectedCloseMs, tookBack, news } = evaluation;
    const { deploymentId } = deployment;
    const barClose = new Date(expectedCloseMs);
    const barCloseTime = barClose.toISOString();
    const run = await this.runs.claim(em, deploymentId, barClose, request.trigger, new Date(nowMs));
    if (!run) return { outcome: 'already_done', barCloseTime, intents: [] };
    const taken = await this.takeOrSay(em, evaluation);
    const fed = 'problem' in taken ? null : taken.feed;
    const newest = fed?.fed.at(-1) ?? null;
    if (fed) await this.logSignals(em, evaluation, fed);
    await this.earlier.settle(em, deployment, calendar, fed, expectedCloseMs, nowMs);
    if (fed && !deployment.joined && joins(deployment, fed)) {
      deployment.joined = true;
      await this.deployments.set(em, deploymentId, { joined: true });
    }
    const lastCloseMs = newest && barOverMs(calendar, newest.decision.openTimeMs, deployment.timeframe);
    const waiting = lastCloseMs === null || lastCloseMs < expectedCloseMs;
    const reason = 'problem' in taken ? taken.problem : missing(news);
    const isLate = waiting && !('problem' in taken) && news !== null && nowMs < news.untilMs;
    if (waiting && news !== null) await this.scheduler.again(em, deployment, lookAgainAt(news, nowMs));
    if (isLate) await this.runs.set(em, run.runId, { reason });
    if (isLate || (waiting && run.said)) return { outcome: 'waiting_for_bars', barCloseTime, intents: [] };
    await this.ended.expire(em, deployment, nowMs);
    const exit = exitOf(fed);
    // the strategy has seen its own exit: when it enters again is its rule's to say
    if (exit) await this.positions.dropLatch(em, deploymentId);
    const intents = await this.planner.decide(em, evaluation, {
      tookBack,
      runId: run.runId,
      trigger: 'bar',
      triggerKey: barCloseTime,
      signal: newest && signalOf(newest.decision),
      weight: newest?.decision.weight ?? 0,
      joined: deployment.joined,
      data: { lastCloseMs: fed && barOverMs(calendar, fed.lastBarMs, deployment.timeframe), expectedCloseMs },
      lastPrice: newest ? new Decimal(newest.close).toFixed() : null,
      noSignal: 'problem' in taken ? taken.problem : (newest?.decision.reason ?? null),
      logHold: true,
      exit,
      because: (leg) => entryWords(fed, leg),
      feedSays: waiting ? (news?.error ?? null) : null,
    });
    const refused = waiting || intents.length > 0 ? null : await this.refusal(em, deploymentId, run.runId);
    const outcome = waiting ? 'waiting_for_bars' : intents.length > 0 ? 'intended' : refused ? 'refused' : 'held';
    await this.runs.set(em, run.runId, {
      state: waiting ? 'waiting_for_bars' : 'done',
      outcome,
      reason: waiting ? reason : refused,
      finishedAt: waiting ? null : new Date(nowMs),
    });
    return { outcome, barCloseTime, intents };
  }

  /** The code of the risk check that refused what the run has just decided; null where nothing was refused. */
  private async refusal(em: EntityManager, deploymentId: string, runId: string): Promise<string | null> {
    const [newest] = await this.logs.newest(em, deploymentId, 1);
    return newest?.runId === runId && newest.action === 'REJECTED' ? newest.reasonCode : null;
  }

  /** The bar that the run waits for is asked of its feed before anything is locked; a replay has its bars. */
  private async askFeed(deployment: DeploymentEntity, { clock, within }: RunRequest): Promise<FeedNews | null> {
    if (within) return null;
    const expectedCloseMs = lastBarCloseMs(calendarFor(deployment.market), deployment.timeframe, clock.nowMs());
    return expectedCloseMs === null ? null : this.fresh.ask(deployment, expectedCloseMs, clock);
  }

  private logSignals(em: EntityManager, { deployment, nowMs }: Evaluation, { fed, featureNames }: Feed): Promise<void> {
    const decisions = fed.map(({ decision }) => decision);
    return this.logs.addSignals(em, { deployment, featureNames, decisions, evaluatedAt: new Date(nowMs) });
  }

  /** What cannot be evaluated, for a reason that has a code, is logged with it and tried again; a replay ends there instead. */
  private async takeOrSay(
    em: EntityManager,
    evaluation: Evaluation,
  ): Promise<{ feed: Feed | null } | { problem: string }> {
    try {
      return { feed: await this.take(em, evaluation) };
    } catch (error) {
      if (evaluation.request.within || !isDomainError(error)) throw error;
      const { deploymentId } = evaluation.deployment;
      this.log.warn(`deployment ${deploymentId} was not evaluated: ${error.message}`);
      return { problem: error.code };
    }
  }

  /** Null when there are no bars at all. */
  private async take(em: EntityManager, { deployment, calendar, nowMs }: Evaluation): Promise<Feed | null> {
    const { dataSymbol, timeframe, dataSource } = deployment;
    const info = await this.series.findRecent(dataSymbol, timeframe, dataSource ?? undefined);
    if (!info) return null;
    if (!deployment.firstBar) {
      const { adjustment, source } = info;
      const set = { firstBar: new Date(info.firstBarMs), adjustment, dataSource: source };
      Object.assign(deployment, set);
      await this.deployments.set(em, deployment.deploymentId, set);
    }
    const document = await this.documents.pinned(em, deployment);
    const state =
      (await this.feed.known(em, deployment)) ?? (await this.beginAtNewest(em, deployment, document, info, nowMs));
    if (state) await this.splits.check(em, deployment, state, nowMs);
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
    const bars = await this.series.read(info, 'none', nowMs - LONGEST_LOOK_MS, nowMs);
    for (let i = bars.openTimeMs.length - 1; i >= 0; i -= 1) {
      const closeMs = sessionCloseMs(calendar, bars.openTimeMs[i]!, deployment.timeframe);
      if (closeMs !== null && closeMs <= nowMs) return bars.openTimeMs[i]!;
    }
    return info.lastBarMs < nowMs ? info.lastBarMs : null;
  }

  private async plan(em: EntityManager, { deployment, calendar }: RunContext, nowMs: number): Promise<void> {
    const next = nextRunMs(deployment.schedule, deployment.timeframe, calendar, nowMs);
    deployment.nextRunAt = next === null ? null : new Date(next);
    await this.deployments.set(em, deployment.deploymentId, { nextRunAt: deployment.nextRunAt });
    await this.scheduler.plan(em, deployment);
  }
}

/** When its feed is asked next, and at the end of the time for which a bar may be late. */
function lookAgainAt({ nextDueMs, untilMs }: FeedNews, nowMs: number): Date {
  const nextMs = Math.max(nextDueMs, nowMs + SOON_MS);
  return new Date(nowMs < untilMs ? Math.min(nextMs, untilMs) : nextMs);
}

const missing = (news: FeedNews | null): string =>
  `its bar is not stored yet${news?.error ? `; its feed: ${news.error}` : ''}`;

const runs = ({ status }: DeploymentEntity): boolean => status !== 'stopped' && status !== 'created';

const idle = (deployment: DeploymentEntity | null): RunResult => ({
  outcome: deployment?.status ?? 'unknown_deployment',
  barCloseTime: null,
  intents: [],
});

/** What the gate is told: nothing where an input was missing, flat before the first target, else the target in force. */
function signalOf(decision: Decision): number | null {
  if (decision.decision === 'no_signal') return null;
  return Number.isNaN(decision.signal) ? 0 : decision.signal;
}

/** The newest exit by the strategy's own rules on the bars that were taken now. */
const exitOf = (feed: Feed | null): Decision['exit'] =>
  feed?.fed.map(({ decision }) => decision.exit).findLast((exit) => exit !== null) ?? null;

/** Bars that are caught up count too: the target that stood at the start may have changed and come back on them. */
function joins(deployment: DeploymentEntity, { fed, signalAtStart }: Feed): boolean {
  return fed.some(({ decision }) => hasJoined(deployment.joinRule, false, signalAtStart, signalOf(decision)));
}
