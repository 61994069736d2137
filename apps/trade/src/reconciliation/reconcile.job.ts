import type { Broker, Clock } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import type { JobContext, JobRunner } from '@assay/platform';
import { JobHandler } from '@assay/platform';
import { Decimal, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { clockOf } from '../execution/flatten.service';
import { IntentSender } from '../execution/intent-sender';
import { RecoveryService } from '../execution/recovery.service';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';
import { ReplayEntity } from '../records/deployments/replay.entity';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { RunEntity } from '../records/runs/run.entity';
import { RunService } from '../runs/run.service';
import { missEarlier, missStopped } from '../runs/settle-runs';
import { RunScheduler } from '../schedules/run-scheduler';
import { StopLossMonitor } from './stop-loss-monitor';

/**
 * Makes ledger and venue agree, for every deployment that may trade or still has orders: settles open orders, sends what was left over,
 * watches stops, compares positions and puts lost wake-ups back.
 */
@JobHandler('reconcile')
@Injectable()
export class ReconcileJob implements JobRunner<Record<string, unknown>, object> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tx: Transactions,
    private readonly brokers: BrokerRegistry,
    private readonly recovery: RecoveryService,
    private readonly sender: IntentSender,
    private readonly stops: StopLossMonitor,
    private readonly scheduler: RunScheduler,
    private readonly runs: RunService,
    private readonly lock: SymbolLock,
  ) {}

  async run(context: JobContext): Promise<object> {
    await this.tx.run(missStopped);
    const deployments = await this.candidates();
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

  private candidates(): Promise<DeploymentEntity[]> {
    return this.dataSource.manager
      .createQueryBuilder(DeploymentEntity, 'd')
      .where(
        `d.status IN ('active', 'paused') OR EXISTS (SELECT 1 FROM trade.order_intent i WHERE i.deployment_id = d.deployment_id
           AND i.state IN ('waiting', 'sending', 'working', 'unknown'))
         OR EXISTS (SELECT 1 FROM trade.flatten_request f WHERE f.deployment_id = d.deployment_id)`,
      )
      .orderBy('d.deploymentId')
      .getMany();
  }

  private async reconcile(deployment: DeploymentEntity, jobId: string): Promise<boolean> {
    const em = this.dataSource.manager;
    const { deploymentId } = deployment;
    const replay = await em.findOneBy(ReplayEntity, { deploymentId });
    if (replay && replay.state !== 'completed' && deployment.status !== 'stopped') {
      // A replay settles its own orders in its own time; here it only gets its worker back.
      if (replay.state !== 'failed')
        await this.tx.run((inner) => this.scheduler.replay(inner, deployment, `${deploymentId}:${jobId}`));
      return false;
    }
    const clock = await clockOf(em, deploymentId);
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
        await this.tx.run((inner) => missEarlier(inner, deployment, closeMs, clock.nowMs()));
      }
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
    const barCloseTime = new Date(closeMs);
    return this.dataSource.manager.existsBy(RunEntity, { deploymentId, barCloseTime, state: 'waiting_for_bars' });
  }

  /** The venue's position of the symbol against the sum of our ledgers on the account. A failed query says nothing. */
  private async comparePositions(
    deployment: DeploymentEntity,
    broker: Broker,
    clock: Clock,
    lock: HeldLock,
  ): Promise<boolean> {
    const { accountId, ticker, deploymentId } = deployment;
    const held = (await broker.getPositions()).find((position) => position.symbol === ticker)?.qty ?? '0';
    lock.check();
    return this.tx.run(async (em) => {
      const [row] = (await em.query(
        `SELECT coalesce(sum(qty), 0)::text AS qty,
           (SELECT count(*)::int FROM trade.orders o WHERE o.account_id = $1 AND o.symbol = $2
             AND o.state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')) AS open
         FROM trade.position WHERE account_id = $1 AND symbol = $2`,
        [accountId, ticker],
      )) as [{ qty: string; open: number }];
      // With an order on its way the two may differ for a moment; it is compared once the order is settled.
      if (row.open > 0) return false;
      const equal = new Decimal(held).equals(row.qty);
      const updatedAt = new Date(clock.nowMs());
      if (!equal) {
        const syncReason = `the venue holds ${toWire(new Decimal(held))}, our ledgers ${toWire(new Decimal(row.qty))}`;
        await em.update(DeploymentEntity, { accountId, ticker }, { sync: 'drifted', syncReason, updatedAt });
      } else {
        await em.update(
          DeploymentEntity,
          { deploymentId, sync: 'drifted' },
          { sync: 'in_sync', syncReason: null, updatedAt },
        );
      }
      return !equal;
    });
  }
}
