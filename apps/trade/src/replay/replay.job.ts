import type { ReplayDeploymentPayload, ReplayedDeployment } from '@assay/contracts';
import { barAt, type Bar, type BarColumns, type Venue } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import type { JobContext, JobRunner } from '@assay/platform';
import { JobHandler } from '@assay/platform';
import { Decimal, isDomainError, refuse } from '@assay/primitives';
import { entryWithin, filledWithin } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { ReplayEntity } from '../records/deployments/replay.entity';
import { ReplayStore } from '../records/deployments/replay.store';
import { OrderStore } from '../records/orders/order.store';
import { IntentSender } from '../execution/intent-sender';
import { RecoveryService } from '../execution/recovery.service';
import { EntryWatch } from '../reconciliation/entry-watch';
import { RestingEntries } from '../reconciliation/resting-entry';
import { StopLossMonitor } from '../reconciliation/stop-loss-monitor';
import { StrategyLevels } from '../reconciliation/strategy-levels';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';
import { BarFeed } from '../runs/bar-feed';
import { RunService } from '../runs/run.service';
import { StrategyDocuments } from '../strategies/strategy-documents';
import { BarTape } from './bar-tape';
import { ReplayCheck } from './replay-check';
import { VirtualClock } from './virtual-clock';

/** What one replay goes on with. */
interface Replayed {
  broker: Venue;
  clock: VirtualClock;
  tape: BarTape;
}

/**
 * The scheduler with an accelerated clock: for each stored session it sends what is due at the open and evaluates at the close, through
 * the same run, gate, sender and broker as in real time. The clock is a row, so any worker can go on from any point.
 */
@JobHandler('deployment.replay')
@Injectable()
export class ReplayJob implements JobRunner<ReplayDeploymentPayload, ReplayedDeployment> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly feed: BarFeed,
    private readonly check: ReplayCheck,
    private readonly runs: RunService,
    private readonly brokers: VenuePool,
    private readonly sender: IntentSender,
    private readonly recovery: RecoveryService,
    private readonly lock: SymbolLock,
    private readonly documents: StrategyDocuments,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
    private readonly orders: OrderStore,
    private readonly levels: StrategyLevels,
    private readonly entries: RestingEntries,
    private readonly entryWatch: EntryWatch,
    private readonly stops: StopLossMonitor,
  ) {}

  async run(context: JobContext<ReplayDeploymentPayload>): Promise<ReplayedDeployment> {
    const deploymentId = context.payload.deployment_id;
    const done = await this.lock.tryHold(`replay:${deploymentId}`, async (held) => {
      try {
        return await this.replay(context, deploymentId, held);
      } catch (error) {
        held.check();
        if (isDomainError(error)) await this.fail(deploymentId, error);
        throw error;
      }
    });
    return done ?? { deployment_id: deploymentId, state: 'running elsewhere' };
  }

  private async replay(context: JobContext, deploymentId: string, held: HeldLock): Promise<ReplayedDeployment> {
    const em = this.dataSource.manager;
    const row = await this.replays.of(em, deploymentId);
    if (!row) throw new Error(`deployment ${deploymentId} is no replay`);
    const deployment = await this.deployments.get(em, deploymentId);
    if (row.state === 'completed' || deployment.status === 'stopped')
      return { deployment_id: deploymentId, state: row.state };
    const { info, sessions } = await this.prepare(deployment, row);
    const calendar = calendarFor(deployment.market);
    const total = sessions.openTimeMs.length;
    const clock = new VirtualClock(row.clockAt?.getTime());
    const tape = new BarTape(deployment.ticker);
    const broker = await this.brokers.open(deployment, clock, { tape });
    if (row.clockAt) await this.showPending(em, deploymentId, clock, tape);
    if (row.clockAt) await this.recovery.recover(em, deployment, broker, clock);
    for (let i = row.sessionsDone; i < total; i += 1) {
      if (context.signal.aborted) throw context.signal.reason as Error;
      // Once the lock is lost, another worker goes on from where the clock stands.
      held.check();
      const stamp = sessions.openTimeMs[i]!;
      const closeMs = calendar.barCloseMs(stamp, info.timeframe);
      const openMs = calendar.barOpenMs(stamp, info.timeframe) ?? stamp;
      clock.moveTo(Math.max(clock.nowMs(), openMs));
      if (i > 0) {
        if (await this.sender.sendDue(deployment, broker, clock)) await this.tickAt(deploymentId, clock);
        await this.recovery.recover(em, deployment, broker, clock);
      }
      await this.watchWithin(em, deployment, { broker, clock, tape }, barAt(sessions, i));
      clock.moveTo(closeMs);
      const result = await this.runs.run({
        deploymentId,
        clock,
        broker,
        trigger: 'bar',
        within: (inner) => this.replays.advance(inner, deploymentId, i, new Date(closeMs)),
      });
      if (result.outcome === 'stopped') return { deployment_id: deploymentId, state: 'stopped', sessions_done: i };
      await context.progress((i + 1) / total, `session ${i + 1} of ${total}`);
    }
    held.check();
    await this.complete(deploymentId, clock);
    return { deployment_id: deploymentId, state: 'completed', sessions_done: total };
  }

  /**
   * What a bar does between its open and its close to the strategy's own entry order, then to its stop and target, as the backtest has
   * it: the price that it reaches is on the tape, the watch between runs acts on it. A bar tells no more of when than that it was after its open.
   */
  private async watchWithin(
    em: EntityManager,
    deployment: DeploymentEntity,
    replayed: Replayed,
    bar: Bar,
  ): Promise<void> {
    const entry = await this.entries.of(em, deployment, replayed.clock.nowMs());
    await this.act(em, deployment, replayed, entry && entryWithin(entry, bar), this.entryWatch);
    const levels = await this.levels.of(em, deployment);
    await this.act(em, deployment, replayed, levels && filledWithin(levels, bar), this.stops);
  }

  private async act(
    em: EntityManager,
    deployment: DeploymentEntity,
    { broker, clock, tape }: Replayed,
    filled: { price: number; atOpen: boolean } | null,
    watch: EntryWatch | StopLossMonitor,
  ): Promise<void> {
    if (!filled) return;
    if (!filled.atOpen) clock.moveTo(clock.nowMs() + 1);
    // whoever goes on after a crash shows its orders the price at this time
    await this.tickAt(deployment.deploymentId, clock);
    const quote = { price: new Decimal(filled.price).toFixed(), atMs: clock.nowMs() };
    tape.show(quote);
    await watch.watch(deployment, broker, clock, quote);
    await this.tickAt(deployment.deploymentId, clock);
    await this.recovery.recover(em, deployment, broker, clock);
  }

  /** What a watch had decided on and was not sent, or not settled, is filled where its price was. */
  private async showPending(
    em: EntityManager,
    deploymentId: string,
    clock: VirtualClock,
    tape: BarTape,
  ): Promise<void> {
    const open = await this.orders.openIntents(em, deploymentId);
    const price = open.find(({ trigger }) => trigger === 'entry' || trigger === 'stop')?.decisionPrice;
    if (price) tape.show({ price, atMs: clock.nowMs() });
  }

  /** Sessions to replay, and the evaluator's state as of the bar before the first of them. */
  private async prepare(
    deployment: DeploymentEntity,
    row: ReplayEntity,
  ): Promise<{ info: SeriesInfo; sessions: BarColumns }> {
    const { dataSymbol, timeframe, dataSource } = deployment;
    const info = await this.series.find(dataSymbol, timeframe, dataSource ?? undefined);
    if (!info) throw refuse('insufficient_data', `no ${timeframe} bars of ${dataSymbol} are stored`);
    const document = await this.tx.run((em) => this.documents.pinned(em, deployment));
    const sessions = await this.check.sessions(deployment, document, info, row);
    await this.tx.run(async (em) => {
      const state = await this.feed.begin(em, deployment, document, info, sessions.openTimeMs[0]!);
      if (!state) throw new Error(`the bars before ${row.startDate} went while they were read`);
      const sessionsTotal = sessions.openTimeMs.length;
      await this.replays.set(em, deployment.deploymentId, { state: 'running', sessionsTotal });
    });
    return { info, sessions };
  }

  private async tickAt(deploymentId: string, clock: VirtualClock): Promise<void> {
    await this.replays.moveClock(this.dataSource.manager, deploymentId, new Date(clock.nowMs()));
  }

  /** The last session's intents have no open to go to. */
  private async complete(deploymentId: string, clock: VirtualClock): Promise<void> {
    await this.tx.run(async (em) => {
      await this.orders.cancelWaiting(em, deploymentId, 'replay_ended', new Date(clock.nowMs()));
      await this.replays.set(em, deploymentId, { state: 'completed' });
    });
  }

  private async fail(deploymentId: string, error: { code: string; message: string }): Promise<void> {
    const { code, message } = error;
    await this.replays.set(this.dataSource.manager, deploymentId, { state: 'failed', error: { code, message } });
  }
}
