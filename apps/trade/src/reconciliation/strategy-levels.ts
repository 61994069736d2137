import type { Quote, ReachedLevel } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Decimal } from '@assay/primitives';
import { levelsFrom, reachedBy, type HeldLevels } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { LogStore } from '../records/logs/log.store';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { restingOf } from '../records/runs/resting-order';
import { RunStore } from '../records/runs/run.store';
import { afterClose } from './after-close';

/** Stop and target that a strategy has in force between two of its bars, as its last evaluation left them. */
@Injectable()
export class StrategyLevels {
  constructor(
    private readonly runs: RunStore,
    private readonly positions: PositionStore,
    private readonly orders: OrderStore,
    private readonly logs: LogStore,
  ) {}

  /**
   * Null while nothing is held on the strategy's side. Where its entry was still to come at the last evaluation, they are
   * measured from what the fill cost. What an entry order has opened since has them at once; opened in the middle of the
   * bar it has no target in that bar.
   */
  async of(em: EntityManager, deployment: DeploymentEntity): Promise<HeldLevels | null> {
    const { deploymentId } = deployment;
    const state = await this.runs.state(em, deploymentId);
    const levels = state?.levels;
    const position = levels ? await this.positions.of(em, deploymentId) : null;
    if (!levels || !position?.averagePrice || Math.sign(Number(position.qty)) !== levels.side) return null;
    const price = Number(position.averagePrice);
    if (!restingOf(state)) return levelsFrom(levels, price);
    const { key, openMs } = afterClose(state, deployment, calendarFor(deployment.market));
    const filledAt = await this.filledAt(em, deploymentId, key);
    return filledAt && levelsFrom(levels, price, filledAt.getTime() > openMs);
  }

  /** The target in force: that of an entry order which was filled since the last evaluation, else what this has said. */
  async target(em: EntityManager, deployment: DeploymentEntity): Promise<{ signal: number | null; weight: number }> {
    const { deploymentId, market } = deployment;
    const state = await this.runs.state(em, deploymentId);
    const order = restingOf(state);
    if (state && order) {
      const { key } = afterClose(state, deployment, calendarFor(market));
      if (await this.filledAt(em, deploymentId, key)) return { signal: order.side, weight: order.weight };
    }
    const newest = await this.logs.newestSignal(em, deploymentId);
    return { signal: newest && !Number.isNaN(newest.signal) ? newest.signal : null, weight: newest?.weight ?? 0 };
  }

  private async filledAt(em: EntityManager, deploymentId: string, key: string): Promise<Date | null> {
    const entries = await this.orders.entriesUnder(em, deploymentId, key);
    return this.orders.firstFillAt(
      em,
      entries.map(({ intentId }) => intentId),
    );
  }

  async reachedBy(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<ReachedLevel | null> {
    const levels = await this.of(em, deployment);
    return levels && reachedBy(levels, new Decimal(quote.price).toNumber());
  }
}
