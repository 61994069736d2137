import type { OrderSide } from '@assay/domain';
import { Decimal } from '@assay/primitives';
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

/** A position at its last price. */
export interface Holding {
  qty: string;
  price: string;
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
export function exposureOf(
  held: readonly Holding[],
  reservations: readonly Reservation[],
): { gross: Decimal; net: Decimal } {
  const values = [
    ...reservations.map(({ side, qty, price }) => new Decimal(qty).times(price).times(side === 'BUY' ? 1 : -1)),
    ...held.map(({ qty, price }) => new Decimal(qty).times(price)),
  ];
  const zero = new Decimal(0);
  return {
    gross: values.reduce((sum, value) => sum.plus(value.abs()), zero),
    net: values.reduce((sum, value) => sum.plus(value), zero),
  };
}
