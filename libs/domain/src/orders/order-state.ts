import type { OrderState, RejectCode } from '@assay/contracts';
import { Decimal, toWire } from '@assay/primitives';

/** An order as we know it. Decimals are strings. */
export interface TrackedOrder {
  clientOrderId: string;
  brokerOrderId: string | null;
  qty: string;
  filledQty: string;
  averagePrice: string | null;
  state: OrderState;
  rejectCode: RejectCode | null;
  /** Ids of the fills that are counted. */
  fillIds: readonly string[];
}

export type OrderEvent =
  /** What the venue says of the order; `filledQty` is cumulative. */
  | { kind: 'status'; state: OrderState; brokerOrderId?: string; filledQty?: string; averagePrice?: string | null }
  | { kind: 'fill'; fillId: string; qty: string; price: string }
  | { kind: 'rejected'; code: RejectCode }
  /** Our request's fate is not known. */
  | { kind: 'unknown' };

const TERMINAL: ReadonlySet<OrderState> = new Set(['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);
const RANK: Record<OrderState, number> = {
  UNKNOWN: 0,
  PENDING_NEW: 1,
  ACCEPTED: 2,
  PARTIALLY_FILLED: 3,
  CANCELED: 4,
  EXPIRED: 4,
  REJECTED: 4,
  FILLED: 5,
};

export function isTerminal(state: OrderState): boolean {
  return TERMINAL.has(state);
}

/**
 * The order after an event; the very same object when the event says nothing new.
 *
 * Events may come twice, late or in any order: a fill counts once by its id, a status older than what we know is
 * ignored, a fill before the acknowledgement stands, a cancelled order keeps what was filled and is FILLED when that
 * is all. No more is ever counted than was ordered: what a venue fills beyond it is not this order's, and is for a person to look at.
 */
export function applyOrderEvent(order: TrackedOrder, event: OrderEvent): TrackedOrder {
  switch (event.kind) {
    case 'fill':
      return applyFill(order, event);
    case 'status':
      return applyStatus(order, event);
    case 'rejected':
      if (isTerminal(order.state) || !new Decimal(order.filledQty).isZero()) return order;
      return { ...order, state: 'REJECTED', rejectCode: event.code };
    case 'unknown':
      return isTerminal(order.state) || order.state === 'UNKNOWN' ? order : { ...order, state: 'UNKNOWN' };
  }
}

/** True when another attempt may be made: this one is proven over, and something is left to do. */
export function allowsNextAttempt(order: TrackedOrder): boolean {
  return isTerminal(order.state) && new Decimal(order.filledQty).lessThan(order.qty);
}

function applyFill(order: TrackedOrder, fill: Extract<OrderEvent, { kind: 'fill' }>): TrackedOrder {
  if (order.fillIds.includes(fill.fillId)) return order;
  const before = new Decimal(order.filledQty);
  const counted = Decimal.min(fill.qty, new Decimal(order.qty).minus(before));
  if (counted.isZero()) return order;
  const filled = before.plus(counted);
  const cost = before.times(order.averagePrice ?? 0).plus(counted.times(fill.price));
  return {
    ...order,
    filledQty: toWire(filled),
    averagePrice: toWire(cost.div(filled)),
    fillIds: [...order.fillIds, fill.fillId],
    state: stateAfterFill(order, filled),
  };
}

function stateAfterFill(order: TrackedOrder, filled: Decimal): OrderState {
  if (filled.equals(order.qty)) return 'FILLED';
  // a fill proves that the venue took the order, whatever we thought
  return order.state === 'CANCELED' || order.state === 'EXPIRED' ? order.state : 'PARTIALLY_FILLED';
}

function applyStatus(order: TrackedOrder, status: Extract<OrderEvent, { kind: 'status' }>): TrackedOrder {
  const filled = Decimal.max(order.filledQty, Decimal.min(status.filledQty ?? 0, order.qty));
  const advances = RANK[status.state] > RANK[order.state];
  const state = filled.equals(order.qty) ? 'FILLED' : advances ? status.state : order.state;
  const brokerOrderId = order.brokerOrderId ?? status.brokerOrderId ?? null;
  const grew = !filled.equals(order.filledQty);
  if (state === order.state && !grew && brokerOrderId === order.brokerOrderId) return order;
  const averagePrice = grew ? (status.averagePrice ?? order.averagePrice) : order.averagePrice;
  return { ...order, state, brokerOrderId, filledQty: toWire(filled), averagePrice };
}
