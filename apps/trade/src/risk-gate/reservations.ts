import type { OrderSide } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { Quotes } from '../bars/quotes';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { IntentState } from '../records/orders/order-intent.entity';

/**
 * What an open intent has taken of its account. It follows from the intent's row alone: taken in the transaction that makes the intent,
 * given back by whatever ends it, kept while its order is unknown, and there again after a crash.
 */
export interface Reservation {
  clientOrderId: string;
  symbol: string;
  side: OrderSide;
  state: IntentState;
  /** What may still fill and adds to a position: of the open leg of a flip, what goes beyond its close leg. */
  qty: string;
  /** The last price, that of the decision where none is known. */
  price: string;
}

export type MarketOf = (deployment: DeploymentEntity) => Quotes;

/** Of all deployments of the account. Who is to act on it holds the account's row lock; `except` is the intent that is judged. */
export async function reservationsOf(
  em: EntityManager,
  accountId: string,
  nowMs: number,
  marketOf: MarketOf,
  except?: string,
): Promise<Reservation[]> {
  const rows = (await em.query(
    `SELECT i.deployment_id, i.client_order_id, i.symbol, i.side, i.state, i.decision_price,
       greatest(i.qty - coalesce(o.filled_qty, 0) - coalesce(c.qty - coalesce(p.filled_qty, 0), 0), 0)::text AS qty
     FROM trade.order_intent i LEFT JOIN trade.orders o USING (intent_id)
     LEFT JOIN trade.order_intent c ON c.intent_id = i.depends_on AND c.state IN ('waiting', 'sending', 'working', 'unknown')
     LEFT JOIN trade.orders p ON p.intent_id = c.intent_id
     WHERE i.account_id = $1 AND NOT i.reduce_only AND i.state IN ('waiting', 'sending', 'working', 'unknown')
       AND i.intent_id IS DISTINCT FROM $2::uuid
     ORDER BY i.created_at, i.intent_id`,
    [accountId, except ?? null],
  )) as {
    deployment_id: string;
    client_order_id: string;
    symbol: string;
    side: OrderSide;
    state: IntentState;
    decision_price: string | null;
    qty: string;
  }[];
  const reservations: Reservation[] = [];
  for (const { deployment_id: id, client_order_id: clientOrderId, symbol, side, state, qty, ...row } of rows) {
    const price = await lastPrice(em, id, nowMs, marketOf, row.decision_price ?? '0');
    reservations.push({ clientOrderId, symbol, side, state, qty, price });
  }
  return reservations;
}

/**
 * Cash that the venue's available cash does not show yet: of every open intent whose order the venue was not known to have when it was
 * asked. The venue itself holds the cash of the orders it has.
 */
export function reservedCash(
  reservations: readonly Reservation[],
  atVenue: ReadonlySet<string>,
  costBps: number,
): Decimal {
  const unseen = reservations.filter(({ clientOrderId }) => !atVenue.has(clientOrderId));
  const sum = unseen.reduce((total, { qty, price }) => total.plus(new Decimal(qty).times(price)), new Decimal(0));
  return sum.times(new Decimal(costBps).div(10_000).plus(1));
}

/** Positions of the account over all its deployments, with what open intents have reserved. */
export async function exposureOf(
  em: EntityManager,
  accountId: string,
  nowMs: number,
  marketOf: MarketOf,
  reservations: readonly Reservation[],
): Promise<{ gross: Decimal; net: Decimal }> {
  const held = (await em.query(
    'SELECT deployment_id, qty, average_price FROM trade.position WHERE account_id = $1 AND qty <> 0',
    [accountId],
  )) as { deployment_id: string; qty: string; average_price: string }[];
  const values = reservations.map(({ side, qty, price }) => {
    const value = new Decimal(qty).times(price);
    return side === 'BUY' ? value : value.negated();
  });
  for (const { deployment_id: id, qty, average_price: average } of held) {
    values.push(new Decimal(qty).times(await lastPrice(em, id, nowMs, marketOf, average)));
  }
  const zero = new Decimal(0);
  return {
    gross: values.reduce((sum, value) => sum.plus(value.abs()), zero),
    net: values.reduce((sum, value) => sum.plus(value), zero),
  };
}

async function lastPrice(
  em: EntityManager,
  deploymentId: string,
  nowMs: number,
  marketOf: MarketOf,
  otherwise: string,
): Promise<string> {
  const deployment = await em.findOneByOrFail<DeploymentEntity>('DeploymentEntity', { deploymentId });
  return (await marketOf(deployment).last(deployment.ticker, nowMs))?.price ?? otherwise;
}
