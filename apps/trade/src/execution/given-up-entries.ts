import { Decimal } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { ReplayStore } from '../records/deployments/replay.store';
import { LogStore } from '../records/logs/log.store';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { levelText, restingOf } from '../records/runs/resting-order';
import { RunStore } from '../records/runs/run.store';
import { clockOf } from '../schedules/deployment-clock';

/** Entry orders that are watched and that a person ends before their price is reached. */
@Injectable()
export class GivenUpEntries {
  constructor(
    private readonly runs: RunStore,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly replays: ReplayStore,
    private readonly logs: LogStore,
  ) {}

  /**
   * Takes the entry order away and says so in the execution log, both in the transaction of what ends it: exactly once, whenever the process
   * dies. An order that was sent or filled is told of in its own rows. The caller holds the deployment's row.
   */
  async giveUp(em: EntityManager, deployment: DeploymentEntity, because: string): Promise<void> {
    const { deploymentId } = deployment;
    const [state = null] = await this.runs.resting(em, [deploymentId]);
    const order = restingOf(state);
    if (!order) return;
    await this.runs.dropResting(em, deploymentId);
    const position = await this.positions.of(em, deploymentId);
    if (!new Decimal(position?.qty ?? 0).isZero()) return;
    if ((await this.orders.openIntents(em, deploymentId)).length > 0) return;
    const side = order.side > 0 ? 'BUY' : 'SELL';
    await this.logs.write(em, {
      deployment,
      runId: null,
      atMs: clockOf(await this.replays.of(em, deploymentId)).nowMs(),
      signal: null,
      action: 'HOLD',
      qty: '0',
      price: null,
      success: true,
      reasonCode: 'entry_given_up',
      message: `the entry ${order.type} ${side} at ${levelText(order.level)} was given up: ${because}`,
      checks: [],
    });
  }
}
