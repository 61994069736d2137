import { hasJoined, type Quote } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Decimal } from '@assay/primitives';
import { reachesEntry, waitsForRise, type RestingEntry } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { restingOf } from '../records/runs/resting-order';
import { RunStore } from '../records/runs/run.store';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { afterClose } from './after-close';

/** An entry order that may be sent in the bar that runs. */
export interface WaitingEntry extends RestingEntry {
  side: -1 | 1;
  /** Close of the bar after which it rests. */
  closeMs: number;
  /** The same as ISO-8601, under which everything is intended that it sends. */
  key: string;
  /** Whether the deployment enters with it, by its join rule. */
  joined: boolean;
}

/** The entry order that a strategy has working between two of its bars, as its last evaluation left it. */
@Injectable()
export class RestingEntries {
  constructor(
    private readonly runs: RunStore,
    private readonly positions: PositionStore,
    private readonly orders: OrderStore,
  ) {}

  /**
   * Null where none rests, or where it is not to be sent: a newer bar has closed and decides what rests now; another order
   * is on its way; something is held, or was held in this bar, that is not a part of it; or its last attempt was refused.
   */
  async of(em: EntityManager, deployment: DeploymentEntity, nowMs: number): Promise<WaitingEntry | null> {
    const state = await this.runs.state(em, deployment.deploymentId);
    const resting = restingOf(state);
    if (!state || !resting) return null;
    const calendar = calendarFor(deployment.market);
    const { closeMs, key } = afterClose(state, deployment, calendar);
    if ((lastBarCloseMs(calendar, deployment.timeframe, nowMs) ?? closeMs) > closeMs) return null;
    if (!calendar.isOpen(nowMs) || !(await this.isLeft(em, deployment, resting.side, key))) return null;
    const { joinRule, joined } = deployment;
    return { ...resting, closeMs, key, joined: hasJoined(joinRule, joined, state.signalAtStart, resting.side) };
  }

  /** Whether something of the order is still to be entered: all of it, or what an attempt that is over has left. */
  private async isLeft(
    em: EntityManager,
    { deploymentId }: DeploymentEntity,
    side: -1 | 1,
    key: string,
  ): Promise<boolean> {
    if ((await this.orders.openIntents(em, deploymentId)).length > 0) return false;
    const entries = await this.orders.entriesUnder(em, deploymentId, key);
    if (!entries.every(endedUnfilled)) return false;
    const ids = entries.map(({ intentId }) => intentId);
    const isEntered = (await this.orders.firstFillAt(em, ids)) !== null;
    const position = await this.positions.of(em, deploymentId);
    const held = new Decimal(position?.qty ?? 0);
    if (held.isZero()) return !isEntered;
    return isEntered && held.isPositive() === side > 0 && held.abs().lt(new Decimal(position!.targetQty ?? 0).abs());
  }
}

/** An order that the venue took and ended before all of it was filled; one that was refused is not asked for again in the bar. */
const endedUnfilled = ({ state, reason }: OrderIntentEntity): boolean =>
  (state === 'expired' || state === 'canceled') && reason === null;

/** Whether a price of the bar that runs reaches the order. */
export function isReachedBy({ type, level, side, closeMs }: WaitingEntry, { price, atMs }: Quote): boolean {
  return atMs >= closeMs && reachesEntry(waitsForRise(type, side), level, new Decimal(price).toNumber());
}
