import type { Reconciled, ReconcilePayload } from '@assay/contracts';
import type { Clock, Venue } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import type { JobContext, JobRunner } from '@assay/platform';
import { JobHandler } from '@assay/platform';
import { Decimal, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';
import { IntentSender } from '../execution/intent-sender';
import { RecoveryService } from '../execution/recovery.service';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { ReplayStore } from '../records/deployments/replay.store';
import { OPEN_ORDERS, OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { RunStore } from '../records/runs/run.store';
import { EarlierRuns } from '../runs/earlier-runs';
import { RunService } from '../runs/run.service';
import { clockOf } from '../schedules/deployment-clock';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { RunScheduler } from '../schedules/run-scheduler';
import { EntryWatch } from './entry-watch';
import { StopLossMonitor } from './stop-loss-monitor';

/**
 * Makes ledger and venue agree, for every deployment that may trade or still has orders: settles open orders, sends what was left over,
 * watches entry orders and stops, compares positions and puts lost wake-ups back.
 */
@JobHandler('reconcile')
@Injectable()
export class ReconcileJob implements JobRunner<ReconcilePayload, Reconciled> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tx: Transactions,
    private readonly brokers: VenuePool,
    private readonly recovery: RecoveryService,
    private readonly sender: IntentSender,
    private readonly entries: EntryWatch,
    private readonly stops: StopLossMonitor,
    private readonly scheduler: RunScheduler,
    private readonly runs: RunService,
    private readonly lock: SymbolLock,
    private readonly earlier: EarlierRuns,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly runRows: RunStore,
  ) {}

  async run(context: JobContext<ReconcilePayload>): Promise<Reconciled> {
    await this.tx.run((em) => this.earlier.missStopped(em));
    const deployments = await this.deployments.toReconcile(this.dataSource.manager);
    let drifted = 0;
    for (const deployment of deployments) {
      if (context.signal.aborted) throw context.signal.reason as Error;
      try {
        if (await this.reconcile(deployment, context.jobId)) drifted += 1;
      } catch (error) {
        // One venue that is down must not keep the others from being looked after.
        context.log.warn(`deployment ${deployment.deploymentId} was not reconciled: ${(error as Error).message}`);
      }
    }
    return { deployments: deployments.length, drifted };
  }

  private async reconcile(deployment: DeploymentEntity, jobId: string): Promise<boolean> {
    const em = this.dataSource.manager;
    const { deploymentId } = deployment;
    const replay = await this.replays.of(em, deploymentId);
    if (replay && replay.state !== 'completed' && deployment.status !== 'stopped') {
      // A replay settles its own orders in its own time; here it only gets its worker back.
      if (replay.state !== 'failed')
        await this.tx.run((inner) => this.scheduler.replay(inner, deployment, `${deploymentId}:${jobId}`));
      return false;
    }
    const clock = clockOf(replay);
    const broker = await this.brokers.open(deployment, clock);
    await this.recovery.recover(em, deployment, broker, clock);
    await this.sender.sendDue(deployment, broker, clock);
    if (!replay) {
      const closeMs = lastBarCloseMs(calendarFor(deployment.market), deployment.timeframe, clock.nowMs());
      if (closeMs !== null) {
        if (await this.missesBars(deploymentId, closeMs)) {
          await this.runs.run({ deploymentId, clock, broker, trigger: 'bar' });
          await this.sender.sendDue(deployment, broker, clock);
        }
        await this.tx.run((inner) => this.earlier.miss(inner, deployment, closeMs, clock.nowMs()));
      }
      await this.entries.watch(deployment, broker, clock);
      await this.stops.watch(deployment, broker, clock);
      await this.tx.run((inner) => this.scheduler.plan(inner, deployment));
    }
    const { accountId, ticker: symbol } = deployment;
    // Under the lock nothing is on its way between the two looks.
    return this.lock.hold({ broker: deployment.broker, accountId, symbol }, 'compares positions', (held) =>
      this.comparePositions(deployment, broker, clock, held),
    );
  }

  /** Whether the newest close was evaluated before its bar was stored: then it is evaluated again as soon as it is there. */
  private missesBars(deploymentId: string, closeMs: number): Promise<boolean> {
    return this.runRows.isWaiting(this.dataSource.manager, deploymentId, new Date(closeMs));
  }

  /** The venue's position of the symbol against the sum of our ledgers on the account. A failed query says nothing. */
  private async comparePositions(
    deployment: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    lock: HeldLock,
  ): Promise<boolean> {
    const { accountId, ticker: symbol, deploymentId } = deployment;
    const held = (await broker.getPositions()).find((position) => position.symbol === symbol)?.qty ?? '0';
    lock.check();
    return this.tx.run(async (em) => {
      // With an order on its way the two may differ for a moment; it is compared once the order is settled.
      if (await this.orders.hasOrderIn(em, { accountId, symbol }, OPEN_ORDERS)) return false;
      const ledger = await this.positions.sumOf(em, accountId, symbol);
      const at = new Date(clock.nowMs());
      if (new Decimal(held).equals(ledger)) {
        await this.deployments.setAgreed(em, deploymentId, at);
        return false;
      }
      const reason = `the venue holds ${toWire(new Decimal(held))}, our ledgers ${toWire(new Decimal(ledger))}`;
      await this.deployments.setDrifted(em, { accountId, symbol }, reason, at);
      return true;
    });
  }
}
