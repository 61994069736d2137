import type { OpenOrder, OrderLeg, OrderSide, TriggerKind } from '@assay/domain';
import { insertRow, insertRows, updateRows } from '@assay/persistence';
import { Decimal, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In, LessThan } from 'typeorm';
import type { RowPage } from '../../listing/time-page';
import type { SpanQuery } from '../deployment-page';
import { deploymentPage } from '../deployment-page';
import { FillEntity } from './fill.entity';
import type { IntentState } from './order-intent.entity';
import { OrderIntentEntity } from './order-intent.entity';
import { OrderEntity } from './order.entity';

/** Intents that may still become, or are, orders. */
export const OPEN_INTENTS = ['waiting', 'sending', 'working', 'unknown'] as const;
/** Orders whose fate may change without us. */
export const OPEN_ORDERS = ['PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN'] as const;
/** Orders of which the venue still has something to take back. */
const RESTING_ORDERS = ['ACCEPTED', 'PARTIALLY_FILLED'] as const;

const sqlList = (states: readonly string[]): string => `('${states.join("', '")}')`;
const OPEN_INTENTS_SQL = sqlList(OPEN_INTENTS);
const OPEN_ORDERS_SQL = sqlList(OPEN_ORDERS);

/** One of our own orders, with whether its fate is known. */
export type OwnOrder = OpenOrder & { unknown: boolean };

/** What an open intent has taken of its account, but for the price of today. */
export interface ReservedRow {
  deploymentId: string;
  clientOrderId: string;
  symbol: string;
  side: OrderSide;
  state: IntentState;
  decisionPrice: string | null;
  /** What may still fill and adds to a position: of the open leg of a flip, what goes beyond its close leg. */
  qty: string;
}

/** Which of the waiting intents are canceled; all of them where nothing is said. */
export interface WaitingFilter {
  clientOrderIds?: string[];
  keepFlatten?: boolean;
}

/** Intents, the orders they became, their fills, and what open intents reserve. */
@Injectable()
export class OrderStore {
  async addIntents(em: EntityManager, intents: OrderIntentEntity[]): Promise<void> {
    await insertRows(em, OrderIntentEntity, intents);
  }

  intent(em: EntityManager, intentId: string): Promise<OrderIntentEntity> {
    return em.findOneByOrFail(OrderIntentEntity, { intentId });
  }

  lockIntent(em: EntityManager, intentId: string): Promise<OrderIntentEntity> {
    return em.findOneOrFail(OrderIntentEntity, { where: { intentId }, lock: { mode: 'pessimistic_write' } });
  }

  async setIntent(em: EntityManager, intentId: string, set: Partial<OrderIntentEntity>): Promise<void> {
    await em.update(OrderIntentEntity, { intentId }, set);
  }

  /** How many were made under the key. */
  attempts(
    em: EntityManager,
    key: { deploymentId: string; trigger: TriggerKind; triggerKey: string; leg: OrderLeg['leg'] },
  ): Promise<number> {
    return em.countBy(OrderIntentEntity, key);
  }

  /** What was intended for the entry order that rests after the bar whose close is the key, oldest first. */
  entriesUnder(em: EntityManager, deploymentId: string, triggerKey: string): Promise<OrderIntentEntity[]> {
    const order = { createdAt: 'ASC', intentId: 'ASC' } as const;
    return em.find(OrderIntentEntity, { where: { deploymentId, trigger: 'entry', triggerKey }, order });
  }

  /** When the first of the intents' fills was; null before. */
  async firstFillAt(em: EntityManager, intentIds: readonly string[]): Promise<Date | null> {
    const [row] = await em.query<[{ at: Date | null }]>(
      `SELECT min(f.filled_at) AS at FROM trade.fill f JOIN trade.orders o USING (order_id) WHERE o.intent_id = ANY($1)`,
      [intentIds],
    );
    return row.at;
  }

  openIntents(em: EntityManager, deploymentId: string): Promise<OrderIntentEntity[]> {
    return em.findBy(OrderIntentEntity, { deploymentId, state: In([...OPEN_INTENTS]) });
  }

  /** Those of the intents that are in one of the states now. */
  intentsIn(
    em: EntityManager,
    intentIds: readonly string[],
    states: readonly IntentState[],
  ): Promise<OrderIntentEntity[]> {
    return em.findBy(OrderIntentEntity, { intentId: In([...intentIds]), state: In([...states]) });
  }

  /** Entries that rest at the venue. */
  workingEntries(em: EntityManager, deploymentId: string): Promise<OrderIntentEntity[]> {
    return em.findBy(OrderIntentEntity, { deploymentId, state: 'working', reduceOnly: false });
  }

  expiredIntents(em: EntityManager, deploymentId: string, nowMs: number): Promise<OrderIntentEntity[]> {
    return em.findBy(OrderIntentEntity, { deploymentId, state: 'waiting', expiresAt: LessThan(new Date(nowMs)) });
  }

  async newestIntent(em: EntityManager, deploymentId: string): Promise<OrderIntentEntity | null> {
    const where = { deploymentId };
    const rows = await em.find(OrderIntentEntity, { where, order: { createdAt: 'DESC' }, take: 1 });
    return rows[0] ?? null;
  }

  async newestExit(em: EntityManager, deploymentId: string): Promise<OrderIntentEntity | null> {
    const where = { deploymentId, reduceOnly: true };
    const order = { createdAt: 'DESC', attempt: 'DESC' } as const;
    return (await em.find(OrderIntentEntity, { where, order, take: 1 }))[0] ?? null;
  }

  /** Waiting intents whose time has come, a close leg before the open leg that waits for it. */
  async dueIntents(em: EntityManager, deploymentId: string, nowMs: number): Promise<string[]> {
    const rows = await em.query<{ intent_id: string }[]>(
      `SELECT intent_id FROM trade.order_intent WHERE deployment_id = $1 AND state = 'waiting' AND send_after <= $2
       ORDER BY created_at, depends_on NULLS FIRST, intent_id`,
      [deploymentId, new Date(nowMs)],
    );
    return rows.map((row) => row.intent_id);
  }

  /** Ends intents that were not sent yet. */
  async cancelWaiting(
    em: EntityManager,
    deploymentId: string,
    reason: string,
    at: Date,
    { clientOrderIds, keepFlatten = false }: WaitingFilter = {},
  ): Promise<void> {
    await em.query(
      `UPDATE trade.order_intent SET state = 'canceled', reason = $2, updated_at = $3
       WHERE deployment_id = $1 AND state = 'waiting' AND ($4::text[] IS NULL OR client_order_id = ANY($4))
         AND NOT ($5 AND trigger = 'flatten')`,
      [deploymentId, reason, at, clientOrderIds ?? null, keepFlatten],
    );
  }

  /** Entries of the account whose order the venue may have. */
  sentEntries(
    em: EntityManager,
    accountId: string,
  ): Promise<Pick<OrderIntentEntity, 'clientOrderId' | 'symbol' | 'state'>[]> {
    return em.query(
      `SELECT client_order_id AS "clientOrderId", symbol, state FROM trade.order_intent
       WHERE account_id = $1 AND NOT reduce_only AND state IN ('sending', 'working', 'unknown')`,
      [accountId],
    );
  }

  /** Our own orders that may still fill; `except` is the intent that is being judged, with the leg that waits for it. */
  async openOrders(em: EntityManager, deploymentId: string, except?: string): Promise<OwnOrder[]> {
    const rows = await em.query<(Omit<OwnOrder, 'remainingQty'> & { remaining: string })[]>(
      `SELECT i.client_order_id AS "clientOrderId", i.side, (i.qty - coalesce(o.filled_qty, 0))::text AS remaining,
         i.depends_on IS NOT NULL AS "afterClose", i.state = 'unknown' AS unknown
       FROM trade.order_intent i LEFT JOIN trade.orders o USING (intent_id)
       WHERE i.deployment_id = $1 AND i.state IN ${OPEN_INTENTS_SQL} AND i.intent_id IS DISTINCT FROM $2::uuid
         AND ($2::uuid IS NULL OR i.depends_on IS DISTINCT FROM $2::uuid)
       ORDER BY i.created_at, i.intent_id`,
      [deploymentId, except ?? null],
    );
    return rows.map(({ remaining, ...row }) => ({ ...row, remainingQty: toWire(new Decimal(remaining)) }));
  }

  /** Of open entries of all deployments of the account; `except` is the intent that is judged. */
  reserved(em: EntityManager, accountId: string, except?: string): Promise<ReservedRow[]> {
    return em.query(
      `SELECT i.deployment_id AS "deploymentId", i.client_order_id AS "clientOrderId", i.symbol, i.side, i.state,
         i.decision_price AS "decisionPrice",
         greatest(i.qty - coalesce(o.filled_qty, 0) - coalesce(c.qty - coalesce(p.filled_qty, 0), 0), 0)::text AS qty
       FROM trade.order_intent i LEFT JOIN trade.orders o USING (intent_id)
       LEFT JOIN trade.order_intent c ON c.intent_id = i.depends_on AND c.state IN ${OPEN_INTENTS_SQL}
       LEFT JOIN trade.orders p ON p.intent_id = c.intent_id
       WHERE i.account_id = $1 AND NOT i.reduce_only AND i.state IN ${OPEN_INTENTS_SQL}
         AND i.intent_id IS DISTINCT FROM $2::uuid
       ORDER BY i.created_at, i.intent_id`,
      [accountId, except ?? null],
    );
  }

  /**
   * Entries of a day: each counts on the day of its first fill, which for one that rests over night is not the day of its sending; while it
   * has none and may still fill it counts in whatever day is asked about.
   */
  async entriesOf(
    em: EntityManager,
    deploymentId: string,
    day: { from: Date; to: Date },
    except?: string,
  ): Promise<number> {
    const [row] = await em.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM (
         SELECT order_id FROM trade.fill WHERE deployment_id = $1 AND filled_at >= $2 AND filled_at < $3
         UNION SELECT order_id FROM trade.orders WHERE deployment_id = $1 AND state IN ${OPEN_ORDERS_SQL}) counted
       JOIN trade.orders o USING (order_id) JOIN trade.order_intent i USING (intent_id)
       WHERE NOT i.reduce_only AND intent_id IS DISTINCT FROM $4::uuid
         AND NOT EXISTS (SELECT 1 FROM trade.fill f WHERE f.order_id = o.order_id AND f.filled_at < $2)`,
      [deploymentId, day.from, day.to, except ?? null],
    );
    return row.n;
  }

  /** Orders of the account that were recorded after `from`, up to `to`. */
  async sentBetween(em: EntityManager, accountId: string, from: Date, to: Date, except?: string): Promise<number> {
    const [row] = await em.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM trade.orders WHERE account_id = $1 AND sent_at > $2 AND sent_at <= $3
         AND intent_id IS DISTINCT FROM $4::uuid`,
      [accountId, from, to, except ?? null],
    );
    return row.n;
  }

  addOrder(em: EntityManager, order: OrderEntity): Promise<void> {
    return insertRow(em, OrderEntity, order);
  }

  order(em: EntityManager, orderId: string): Promise<OrderEntity> {
    return em.findOneByOrFail(OrderEntity, { orderId });
  }

  lockOrder(em: EntityManager, orderId: string): Promise<OrderEntity> {
    return em.findOneOrFail(OrderEntity, { where: { orderId }, lock: { mode: 'pessimistic_write' } });
  }

  async setOrder(em: EntityManager, orderId: string, set: Partial<OrderEntity>): Promise<void> {
    await updateRows(em, OrderEntity, { orderId }, set);
  }

  orderByClientId(em: EntityManager, clientOrderId: string): Promise<OrderEntity | null> {
    return em.findOneBy(OrderEntity, { clientOrderId });
  }

  /** Those of the orders that rest at the venue. */
  restingAmong(em: EntityManager, deploymentId: string, clientOrderIds: readonly string[]): Promise<OrderEntity[]> {
    const clientOrderId = In([...clientOrderIds]);
    return em.findBy(OrderEntity, { deploymentId, clientOrderId, state: In([...RESTING_ORDERS]) });
  }

  /** Orders of the deployment whose fate may have changed, oldest first. */
  unsettledOrders(em: EntityManager, deploymentId: string): Promise<OrderEntity[]> {
    const where = { deploymentId, state: In([...OPEN_ORDERS]) };
    return em.find(OrderEntity, { where, order: { sentAt: 'ASC' } });
  }

  /** Orders of the account and symbol that are on their way or of unknown fate, oldest first. */
  inFlight(em: EntityManager, accountId: string, symbol: string, most: number): Promise<OrderEntity[]> {
    const where = { accountId, symbol, state: In(['PENDING_NEW', 'UNKNOWN']) };
    return em.find(OrderEntity, { where, order: { sentAt: 'ASC' }, take: most });
  }

  /** Whether an order of the account and symbol, but for that of the intent `except`, is in one of the states. */
  async hasOrderIn(
    em: EntityManager,
    account: { accountId: string; symbol: string },
    states: readonly OrderEntity['state'][],
    except?: string,
  ): Promise<boolean> {
    const [row] = await em.query<[{ found: boolean }]>(
      `SELECT EXISTS (SELECT 1 FROM trade.orders WHERE account_id = $1 AND symbol = $2 AND state = ANY($3)
         AND intent_id IS DISTINCT FROM $4::uuid) AS found`,
      [account.accountId, account.symbol, states, except ?? null],
    );
    return row.found;
  }

  /** The next right to send an order; null where the token is not the newest one, or the order is settled. */
  async takeSendRight(
    em: EntityManager,
    { orderId, sendToken }: Pick<OrderEntity, 'orderId' | 'sendToken'>,
  ): Promise<number | null> {
    const [rows] = await em.query<[{ send_token: number }[], number]>(
      `UPDATE trade.orders SET send_token = send_token + 1, send_started_at = clock_timestamp()
       WHERE order_id = $1 AND send_token = $2 AND state IN ('PENDING_NEW', 'UNKNOWN') RETURNING send_token`,
      [orderId, sendToken],
    );
    return rows[0]?.send_token ?? null;
  }

  /**
   * The next right to an order whoever holds the newest one; null where it is settled.
   * `sinceMs`: how long ago somebody began to send it, null where nobody ever has.
   */
  async takeOverSendRight(
    em: EntityManager,
    orderId: string,
  ): Promise<{ token: number; sinceMs: number | null } | null> {
    const [rows] = await em.query<[{ send_token: number; since_ms: number | null }[], number]>(
      `UPDATE trade.orders SET send_token = send_token + 1
       WHERE order_id = $1 AND state IN ('PENDING_NEW', 'UNKNOWN')
       RETURNING send_token, (extract(epoch FROM clock_timestamp() - send_started_at) * 1000)::float8 AS since_ms`,
      [orderId],
    );
    const [row] = rows;
    return row ? { token: row.send_token, sinceMs: row.since_ms } : null;
  }

  fills(em: EntityManager, orderId: string): Promise<FillEntity[]> {
    return em.findBy(FillEntity, { orderId });
  }

  addFill(em: EntityManager, fill: FillEntity): Promise<void> {
    return insertRow(em, FillEntity, fill);
  }

  orderPage(em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<OrderEntity>> {
    return deploymentPage(em, OrderEntity, { time: 'sentAt', id: 'orderId' }, deploymentId, query);
  }

  fillPage(em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<FillEntity>> {
    return deploymentPage(em, FillEntity, { time: 'filledAt', id: 'fillId' }, deploymentId, query);
  }
}
