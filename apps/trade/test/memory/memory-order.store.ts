import { Decimal, toWire } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../../src/listing/time-page';
import type { SpanQuery } from '../../src/records/deployment-page';
import type { FillEntity } from '../../src/records/orders/fill.entity';
import type { FlattenRequestEntity } from '../../src/records/orders/flatten-request.entity';
import type { FlattenStore } from '../../src/records/orders/flatten.store';
import type { IntentState, OrderIntentEntity } from '../../src/records/orders/order-intent.entity';
import type { OrderEntity } from '../../src/records/orders/order.entity';
import type { OrderStore, OwnOrder, ReservedRow, WaitingFilter } from '../../src/records/orders/order.store';
import { OPEN_INTENTS, OPEN_ORDERS } from '../../src/records/orders/order.store';
import { change, copy, type MemoryRecords, must, newestFirst, pageOf } from './memory-records';

export const isOpen = ({ state }: OrderIntentEntity): boolean => OPEN_INTENTS.some((open) => open === state);
const isOpenOrder = ({ state }: OrderEntity): boolean => OPEN_ORDERS.some((open) => open === state);
const created = (row: OrderIntentEntity): number => row.createdAt.getTime();

export class MemoryOrderStore implements OrderStore {
  constructor(private readonly records: MemoryRecords) {}

  async addIntents(_em: EntityManager, intents: OrderIntentEntity[]): Promise<void> {
    for (const intent of intents) {
      const key = (one: OrderIntentEntity) =>
        [one.deploymentId, one.trigger, one.triggerKey, one.leg, one.attempt].join();
      if (this.intents.some((one) => key(one) === key(intent))) throw new Error('duplicate key: intent_once');
      this.intents.push(copy(intent));
    }
  }

  async intent(_em: EntityManager, intentId: string): Promise<OrderIntentEntity> {
    return must(
      this.intents.find((one) => one.intentId === intentId),
      `intent ${intentId}`,
    );
  }

  lockIntent(em: EntityManager, intentId: string): Promise<OrderIntentEntity> {
    return this.intent(em, intentId);
  }

  async setIntent(_em: EntityManager, intentId: string, set: Partial<OrderIntentEntity>): Promise<void> {
    change(this.intents, (one) => one.intentId === intentId, set);
  }

  async attempts(_em: EntityManager, key: Parameters<OrderStore['attempts']>[1]): Promise<number> {
    const { deploymentId, trigger, triggerKey, leg } = key;
    return this.of(deploymentId).filter(
      (one) => one.trigger === trigger && one.triggerKey === triggerKey && one.leg === leg,
    ).length;
  }

  async entriesUnder(_em: EntityManager, deploymentId: string, triggerKey: string): Promise<OrderIntentEntity[]> {
    const entries = this.of(deploymentId).filter((one) => one.trigger === 'entry' && one.triggerKey === triggerKey);
    return this.oldestFirst(entries).map(copy);
  }

  async firstFillAt(_em: EntityManager, intentIds: readonly string[]): Promise<Date | null> {
    const { orders, fills } = this.records.tables;
    const ids = orders.filter((one) => intentIds.includes(one.intentId)).map((one) => one.orderId);
    const times = fills.filter((one) => ids.includes(one.orderId)).map((one) => one.filledAt.getTime());
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  async openIntents(_em: EntityManager, deploymentId: string): Promise<OrderIntentEntity[]> {
    return this.of(deploymentId).filter(isOpen).map(copy);
  }

  async intentsIn(
    _em: EntityManager,
    intentIds: readonly string[],
    states: readonly IntentState[],
  ): Promise<OrderIntentEntity[]> {
    return this.intents.filter((one) => intentIds.includes(one.intentId) && states.includes(one.state)).map(copy);
  }

  async workingEntries(_em: EntityManager, deploymentId: string): Promise<OrderIntentEntity[]> {
    return this.of(deploymentId)
      .filter((one) => one.state === 'working' && !one.reduceOnly)
      .map(copy);
  }

  async expiredIntents(_em: EntityManager, deploymentId: string, nowMs: number): Promise<OrderIntentEntity[]> {
    return this.of(deploymentId)
      .filter((one) => one.state === 'waiting' && one.expiresAt.getTime() < nowMs)
      .map(copy);
  }

  async newestIntent(_em: EntityManager, deploymentId: string): Promise<OrderIntentEntity | null> {
    return copy(newestFirst(this.of(deploymentId), created)[0] ?? null);
  }

  async newestExit(_em: EntityManager, deploymentId: string): Promise<OrderIntentEntity | null> {
    const exits = this.of(deploymentId).filter((one) => one.reduceOnly);
    return copy(newestFirst(exits, created, (one) => one.attempt)[0] ?? null);
  }

  async dueIntents(_em: EntityManager, deploymentId: string, nowMs: number): Promise<string[]> {
    const due = this.of(deploymentId).filter((one) => one.state === 'waiting' && one.sendAfter.getTime() <= nowMs);
    const order = newestFirst(
      due,
      created,
      (one) => (one.dependsOn === null ? '' : one.dependsOn),
      (one) => one.intentId,
    );
    return order.reverse().map((one) => one.intentId);
  }

  async cancelWaiting(
    _em: EntityManager,
    deploymentId: string,
    reason: string,
    at: Date,
    { clientOrderIds, keepFlatten = false }: WaitingFilter = {},
  ): Promise<void> {
    const which = (one: OrderIntentEntity): boolean =>
      one.deploymentId === deploymentId &&
      one.state === 'waiting' &&
      (!clientOrderIds || clientOrderIds.includes(one.clientOrderId)) &&
      !(keepFlatten && one.trigger === 'flatten');
    change(this.intents, which, { state: 'canceled', reason, updatedAt: at });
  }

  async sentEntries(
    _em: EntityManager,
    accountId: string,
  ): Promise<Pick<OrderIntentEntity, 'clientOrderId' | 'symbol' | 'state'>[]> {
    return this.intents
      .filter((one) => one.accountId === accountId && !one.reduceOnly && isOpen(one) && one.state !== 'waiting')
      .map(({ clientOrderId, symbol, state }) => ({ clientOrderId, symbol, state }));
  }

  async openOrders(_em: EntityManager, deploymentId: string, except?: string): Promise<OwnOrder[]> {
    return this.oldestFirst(this.of(deploymentId).filter(isOpen))
      .filter((one) => one.intentId !== except && (except === undefined || one.dependsOn !== except))
      .map((one) => ({
        clientOrderId: one.clientOrderId,
        side: one.side,
        remainingQty: toWire(this.remaining(one)),
        afterClose: one.dependsOn !== null,
        unknown: one.state === 'unknown',
      }));
  }

  async reserved(_em: EntityManager, accountId: string, except?: string): Promise<ReservedRow[]> {
    const entries = this.intents.filter((one) => one.accountId === accountId && !one.reduceOnly && isOpen(one));
    return this.oldestFirst(entries)
      .filter((one) => one.intentId !== except)
      .map((one) => {
        const close = this.intents.find((other) => other.intentId === one.dependsOn && isOpen(other));
        const beyond = this.remaining(one).minus(close ? this.remaining(close) : 0);
        const { deploymentId, clientOrderId, symbol, side, state, decisionPrice } = one;
        const qty = Decimal.max(0, beyond).toFixed();
        return { deploymentId, clientOrderId, symbol, side, state, decisionPrice, qty };
      });
  }

  async entriesOf(
    _em: EntityManager,
    deploymentId: string,
    { from, to }: { from: Date; to: Date },
    except?: string,
  ): Promise<number> {
    const { orders, fills } = this.records.tables;
    return orders.filter((order) => {
      const intent = this.intents.find((one) => one.intentId === order.intentId)!;
      if (order.deploymentId !== deploymentId || intent.reduceOnly || intent.intentId === except) return false;
      const filled = fills.filter((fill) => fill.orderId === order.orderId);
      if (filled.some((fill) => fill.filledAt < from)) return false;
      return isOpenOrder(order) || filled.some((fill) => fill.filledAt < to);
    }).length;
  }

  async sentBetween(_em: EntityManager, accountId: string, from: Date, to: Date, except?: string): Promise<number> {
    return this.records.tables.orders.filter(
      (one) => one.accountId === accountId && one.sentAt > from && one.sentAt <= to && one.intentId !== except,
    ).length;
  }

  async addOrder(_em: EntityManager, order: OrderEntity): Promise<void> {
    this.records.tables.orders.push(copy(order));
  }

  async order(_em: EntityManager, orderId: string): Promise<OrderEntity> {
    return must(
      this.records.tables.orders.find((one) => one.orderId === orderId),
      `order ${orderId}`,
    );
  }

  lockOrder(em: EntityManager, orderId: string): Promise<OrderEntity> {
    return this.order(em, orderId);
  }

  async setOrder(_em: EntityManager, orderId: string, set: Partial<OrderEntity>): Promise<void> {
    change(this.records.tables.orders, (one) => one.orderId === orderId, set);
  }

  async orderByClientId(_em: EntityManager, clientOrderId: string): Promise<OrderEntity | null> {
    return copy(this.records.tables.orders.find((one) => one.clientOrderId === clientOrderId) ?? null);
  }

  async restingAmong(
    _em: EntityManager,
    deploymentId: string,
    clientOrderIds: readonly string[],
  ): Promise<OrderEntity[]> {
    return this.records.tables.orders
      .filter((one) => one.deploymentId === deploymentId && clientOrderIds.includes(one.clientOrderId))
      .filter((one) => one.state === 'ACCEPTED' || one.state === 'PARTIALLY_FILLED')
      .map(copy);
  }

  async unsettledOrders(_em: EntityManager, deploymentId: string): Promise<OrderEntity[]> {
    return this.bySending((one) => one.deploymentId === deploymentId && isOpenOrder(one));
  }

  async inFlight(_em: EntityManager, accountId: string, symbol: string, most: number): Promise<OrderEntity[]> {
    const flies = ({ state }: OrderEntity): boolean => state === 'PENDING_NEW' || state === 'UNKNOWN';
    return this.bySending((one) => one.accountId === accountId && one.symbol === symbol && flies(one)).slice(0, most);
  }

  async hasOrderIn(
    _em: EntityManager,
    { accountId, symbol }: { accountId: string; symbol: string },
    states: readonly OrderEntity['state'][],
    except?: string,
  ): Promise<boolean> {
    return this.records.tables.orders.some(
      (one) =>
        one.accountId === accountId && one.symbol === symbol && states.includes(one.state) && one.intentId !== except,
    );
  }

  async takeSendRight(
    _em: EntityManager,
    { orderId, sendToken }: Pick<OrderEntity, 'orderId' | 'sendToken'>,
  ): Promise<number | null> {
    const row = this.unsettled(orderId);
    if (row?.sendToken !== sendToken) return null;
    row.sendStartedAt = new Date();
    return (row.sendToken += 1);
  }

  async takeOverSendRight(
    _em: EntityManager,
    orderId: string,
  ): Promise<{ token: number; sinceMs: number | null } | null> {
    const row = this.unsettled(orderId);
    if (!row) return null;
    row.sendToken += 1;
    return { token: row.sendToken, sinceMs: row.sendStartedAt && Date.now() - row.sendStartedAt.getTime() };
  }

  async fills(_em: EntityManager, orderId: string): Promise<FillEntity[]> {
    return this.records.tables.fills.filter((one) => one.orderId === orderId).map(copy);
  }

  async addFill(_em: EntityManager, fill: FillEntity): Promise<void> {
    const { fills } = this.records.tables;
    const key = (one: FillEntity): string => `${one.accountId}|${one.venueFillId}`;
    if (fills.some((one) => key(one) === key(fill))) throw new Error('duplicate key: fill_once');
    fills.push(copy(fill));
  }

  async orderPage(_em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<OrderEntity>> {
    const rows = this.records.tables.orders.filter((one) => one.deploymentId === deploymentId);
    return pageOf(rows, { time: 'sentAt', id: 'orderId' }, query);
  }

  async fillPage(_em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<FillEntity>> {
    const rows = this.records.tables.fills.filter((one) => one.deploymentId === deploymentId);
    return pageOf(rows, { time: 'filledAt', id: 'fillId' }, query);
  }

  private get intents(): OrderIntentEntity[] {
    return this.records.tables.intents;
  }

  private of(deploymentId: string): OrderIntentEntity[] {
    return this.intents.filter((one) => one.deploymentId === deploymentId);
  }

  private oldestFirst(rows: OrderIntentEntity[]): OrderIntentEntity[] {
    return newestFirst(rows, created, (one) => one.intentId).reverse();
  }

  private bySending(which: (row: OrderEntity) => boolean): OrderEntity[] {
    const rows = this.records.tables.orders.filter(which);
    return newestFirst(rows, (one) => one.sentAt.getTime())
      .reverse()
      .map(copy);
  }

  private remaining(intent: OrderIntentEntity): Decimal {
    const order = this.records.tables.orders.find((one) => one.intentId === intent.intentId);
    return new Decimal(intent.qty).minus(order?.filledQty ?? 0);
  }

  private unsettled(orderId: string): OrderEntity | undefined {
    return this.records.tables.orders.find(
      (one) => one.orderId === orderId && (one.state === 'PENDING_NEW' || one.state === 'UNKNOWN'),
    );
  }
}

export class MemoryFlattenStore implements FlattenStore {
  constructor(private readonly records: MemoryRecords) {}

  async of(_em: EntityManager, deploymentId: string): Promise<FlattenRequestEntity | null> {
    return copy(this.records.tables.flattens.find((one) => one.deploymentId === deploymentId) ?? null);
  }

  lock(em: EntityManager, deploymentId: string): Promise<FlattenRequestEntity | null> {
    return this.of(em, deploymentId);
  }

  async keep(em: EntityManager, request: FlattenRequestEntity): Promise<void> {
    await this.end(em, request.deploymentId);
    this.records.tables.flattens.push(copy(request));
  }

  async end(_em: EntityManager, deploymentId: string): Promise<void> {
    const { tables } = this.records;
    tables.flattens = tables.flattens.filter((one) => one.deploymentId !== deploymentId);
  }
}
