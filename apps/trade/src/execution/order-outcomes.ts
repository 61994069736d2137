import type { OrderState } from '@assay/contracts';
import type { BrokerFill, BrokerOrder, OrderEvent, TrackedOrder } from '@assay/domain';
import { applyOrderEvent, isTerminal } from '@assay/domain';
import { Outbox } from '@assay/persistence';
import { Decimal, toWire } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import type { FillEntity } from '../records/orders/fill.entity';
import type { IntentState, OrderIntentEntity } from '../records/orders/order-intent.entity';
import type { OrderEntity } from '../records/orders/order.entity';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { applyFill, FLAT } from './ledger';

/** What we learnt about an order. */
export type Learnt =
  | { kind: 'order'; order: BrokerOrder; fills: BrokerFill[] }
  | { kind: 'rejected'; code: NonNullable<BrokerOrder['rejectCode']>; message: string }
  | { kind: 'unknown'; cause: string }
  /** Proven never taken, and not wanted any more. */
  | { kind: 'never_sent'; cause: string };

const INTENT_OF: Record<OrderState, IntentState> = {
  PENDING_NEW: 'sending',
  ACCEPTED: 'working',
  PARTIALLY_FILLED: 'working',
  FILLED: 'done',
  CANCELED: 'canceled',
  REJECTED: 'refused',
  EXPIRED: 'expired',
  UNKNOWN: 'unknown',
};

/** The order and the right under which something was learnt about it. */
export type UnderRight = Pick<OrderEntity, 'orderId' | 'sendToken'>;

/** Brings order, fills, ledger, log and events to what was learnt; telling it twice changes nothing. */
@Injectable()
export class OrderOutcomes {
  private readonly log = new Logger(OrderOutcomes.name);

  constructor(
    private readonly outbox: Outbox,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly deployments: DeploymentStore,
    private readonly logs: LogStore,
  ) {}

  /**
   * What the venue says of its order counts whoever heard it. What was only concluded (refused, unknown, never sent) counts under the newest
   * right alone: under an older one somebody else has gone on with the order since.
   */
  async store(em: EntityManager, { orderId, sendToken }: UnderRight, learnt: Learnt, atMs: number): Promise<void> {
    const row = await this.orders.lockOrder(em, orderId);
    if (learnt.kind !== 'order' && row.sendToken !== sendToken) {
      this.log.warn(`order ${row.clientOrderId} is not ${learnt.kind}: it was taken over since`);
      return;
    }
    const before = row.state;
    const fills = await this.orders.fills(em, orderId);
    let tracked = trackedOf(row, fills);
    for (const event of eventsOf(learnt, fills)) {
      const next = applyOrderEvent(tracked, event);
      const booked = new Decimal(next.filledQty).minus(tracked.filledQty);
      if (event.kind === 'fill' && booked.gt(0)) {
        await this.book(em, row, { ...fillOf(learnt, event.fillId), qty: toWire(booked) });
      }
      tracked = next;
    }
    const message = messageOf(learnt) ?? row.message;
    Object.assign(row, {
      state: tracked.state,
      venueOrderId: tracked.brokerOrderId,
      filledQty: tracked.filledQty,
      averagePrice: tracked.averagePrice,
      rejectCode: tracked.rejectCode,
      message,
      updatedAt: new Date(atMs),
    });
    const { orderId: _key, ...columns } = row;
    await this.orders.setOrder(em, orderId, columns);
    const intent = await this.follow(em, row, atMs);
    await this.publish(em, row, intent, before);
    if (!isTerminal(before)) await this.reportSurplus(em, row, learnt, atMs);
  }

  /** The ledger takes what was ordered; what the venue filled beyond it is drift, for a person to look at. */
  private async reportSurplus(em: EntityManager, order: OrderEntity, learnt: Learnt, atMs: number): Promise<void> {
    if (learnt.kind !== 'order') return;
    const told = learnt.fills.reduce((sum, fill) => sum.plus(fill.qty), new Decimal(0));
    const filled = Decimal.max(told, learnt.order.filledQty);
    if (filled.lte(order.qty)) return;
    const { accountId, symbol, deploymentId, side, clientOrderId } = order;
    const message =
      `the venue filled ${toWire(filled)} of order ${clientOrderId}, which was for ${toWire(new Decimal(order.qty))}: ` +
      'the surplus is not ours by the ledger; close it at the venue';
    this.log.error(`deployment ${deploymentId}: ${message}`);
    await this.deployments.setDrifted(em, { accountId, symbol }, message, new Date(atMs), 'in_sync');
    await this.logs.write(em, {
      deployment: await this.deployments.get(em, deploymentId),
      runId: null,
      atMs,
      signal: null,
      action: side,
      qty: toWire(filled.minus(order.qty)),
      price: null,
      success: false,
      reasonCode: 'overfill',
      message,
      checks: [],
    });
  }

  private async book(em: EntityManager, order: OrderEntity, fill: BrokerFill): Promise<void> {
    const { deploymentId, accountId, symbol, side } = order;
    const { qty, price, fee } = fill;
    const filledAt = new Date(fill.atMs);
    await this.orders.addFill(em, {
      fillId: newId(),
      orderId: order.orderId,
      deploymentId,
      accountId,
      venueFillId: fill.fillId,
      side,
      qty,
      price,
      fee,
      filledAt,
    });
    const held = await this.positions.lock(em, deploymentId);
    const next = applyFill(held ?? FLAT, { side, qty, price, fee });
    await this.positions.book(em, { deploymentId, accountId, symbol }, held, next, filledAt);
  }

  /** Brings the intent and the log row of its decision to what its order is. */
  private async follow(em: EntityManager, order: OrderEntity, atMs: number): Promise<OrderIntentEntity> {
    const { intentId, orderId, state, averagePrice: price, message } = order;
    const reason = order.rejectCode ?? null;
    await this.orders.setIntent(em, intentId, { state: INTENT_OF[state], reason, updatedAt: new Date(atMs) });
    const intent = await this.orders.intent(em, intentId);
    const success = state !== 'REJECTED' && state !== 'UNKNOWN' && state !== 'EXPIRED';
    const followed = { orderId, success, reasonCode: state.toLowerCase(), price, message };
    if (intent.logId !== null) await this.logs.follow(em, intent.logId, followed);
    return intent;
  }

  private async publish(
    em: EntityManager,
    order: OrderEntity,
    { ownerId }: OrderIntentEntity,
    before: OrderState,
  ): Promise<void> {
    const { state } = order;
    if (state === before) return;
    const data = {
      deployment_id: order.deploymentId,
      owner_id: ownerId,
      client_order_id: order.clientOrderId,
      symbol: order.symbol,
      side: order.side,
      qty: order.qty,
      state,
      price: order.averagePrice,
      reason: order.rejectCode ?? order.message,
    };
    const aggregateId = order.orderId;
    if (before === 'PENDING_NEW' && state !== 'REJECTED' && state !== 'UNKNOWN') {
      await this.outbox.publish(em, { type: 'order.placed', aggregateId, data });
    }
    if (state === 'FILLED') await this.outbox.publish(em, { type: 'order.filled', aggregateId, data });
    if (state === 'REJECTED') await this.outbox.publish(em, { type: 'order.rejected', aggregateId, data });
  }
}

function messageOf(learnt: Learnt): string | null {
  if (learnt.kind === 'order') return learnt.order.message ?? null;
  return learnt.kind === 'rejected' ? learnt.message : learnt.cause;
}

const trackedOf = (row: OrderEntity, fills: FillEntity[]): TrackedOrder => ({
  clientOrderId: row.clientOrderId,
  brokerOrderId: row.venueOrderId,
  qty: row.qty,
  filledQty: row.filledQty,
  averagePrice: row.averagePrice,
  state: row.state,
  rejectCode: row.rejectCode,
  fillIds: fills.map((fill) => fill.venueFillId),
});

function eventsOf(learnt: Learnt, booked: FillEntity[]): OrderEvent[] {
  if (learnt.kind === 'rejected') return [{ kind: 'rejected', code: learnt.code }];
  if (learnt.kind === 'unknown') return [{ kind: 'unknown' }];
  if (learnt.kind === 'never_sent') return [{ kind: 'status', state: 'CANCELED' }];
  const { order, fills } = learnt;
  const rejected: OrderEvent[] =
    order.state === 'REJECTED' ? [{ kind: 'rejected', code: order.rejectCode ?? 'OTHER' }] : [];
  const told = new Map([
    ...booked.map((fill) => [fill.venueFillId, fill.qty] as const),
    ...fills.map((fill) => [fill.fillId, fill.qty] as const),
  ]);
  const known = [...told.values()].reduce((sum, qty) => sum.plus(qty), new Decimal(0));
  // A venue's fills can lag behind its order. The order stays open until the ledger has them all: nobody asks about a closed one.
  const lags = known.lt(order.filledQty);
  const isOver = isTerminal(order.state);
  return [
    ...fills.map((fill): OrderEvent => ({ kind: 'fill', fillId: fill.fillId, qty: fill.qty, price: fill.price })),
    ...rejected,
    {
      kind: 'status',
      state: lags && isOver ? 'PARTIALLY_FILLED' : order.state,
      brokerOrderId: order.brokerOrderId,
      ...(lags ? {} : { filledQty: order.filledQty, averagePrice: order.averagePrice }),
    },
  ];
}

function fillOf(learnt: Learnt, fillId: string): BrokerFill {
  const found = learnt.kind === 'order' ? learnt.fills.find((fill) => fill.fillId === fillId) : undefined;
  if (!found) throw new Error(`fill ${fillId} was not learnt`);
  return found;
}
