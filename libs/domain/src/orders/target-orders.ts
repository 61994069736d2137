import { Decimal, toWire } from '@assay/primitives';
import { TIE } from '@assay/quant';
import type { OrderSide } from '../ports';
import type { LegKind } from './intent-key';
import { roundToLot } from './quantity';

/** One of our own orders that may still fill. */
export interface OpenOrder {
  clientOrderId: string;
  side: OrderSide;
  remainingQty: string;
  /** The open leg of a flip that waits for its close leg: it closes nothing. */
  afterClose: boolean;
}

/** Decimals are strings; positions and targets are signed, negative is short. */
export interface TargetOrdersInput {
  signal: -1 | 0 | 1;
  /** Size of a full position, before rounding down to the lot; not negative. */
  size: string;
  /** Our own ledger's position, not the venue's. */
  position: string;
  openOrders: readonly OpenOrder[];
  /** The target we last acted on, null before the first order. */
  inForce: { signal: -1 | 0 | 1; quantity: string } | null;
  lot: string;
  minQty?: string;
  minNotional?: string | null;
  lastPrice?: string | null;
  /** Relative difference of quantity below which the same signal stays HOLD. */
  rebalanceBand?: number;
  allowShort: boolean;
  /** What the venue lets us close at most, e.g. free of fees and locks. */
  closable?: string;
}

export interface OrderLeg {
  leg: LegKind;
  side: OrderSide;
  /** Positive, a whole number of lots. */
  qty: string;
  /** The order only reduces a position: an exit, never blocked by an entry limit. */
  reducing: boolean;
  /** The open leg of a flip: goes after the close leg is FILLED, through the gate again. */
  afterClose: boolean;
}

/** Why nothing is ordered; the last three are said by the risk gate, which then asks for no orders. */
export type HoldReason =
  | 'already_flat'
  | 'already_held'
  | 'below_lot'
  | 'below_minimum'
  | 'short_not_allowed'
  | 'orders_pending'
  | 'insufficient_data'
  | 'awaiting_next_entry'
  | 'stop_not_reached';

export interface TargetOrders {
  legs: OrderLeg[];
  /** Client ids of our open orders that lead away from the target or past it. While there are any there are no legs:
   * cancel them, read the fills a cancel may have raced, and ask again. */
  cancel: string[];
  /** Signed quantity aimed at. */
  target: string;
  /** Target minus position and open orders, before rounding. */
  delta: string;
  /** Set when there are no legs. */
  hold: HoldReason | null;
}

/**
 * From a target to the orders that reach it (the intended-action table): flat opens, the opposite closes and then
 * opens, 0 closes, the same target holds. The same signal is HOLD while its quantity differs from the one in force by
 * less than a lot or the rebalance band; what our own orders fell short of is topped up.
 */
export function targetOrders(input: TargetOrdersInput): TargetOrders {
  const lot = new Decimal(input.lot);
  const position = new Decimal(input.position);
  const wanted = targetQuantity(input, lot);
  const target = keepInForce(input, wanted, lot);
  const cancel = conflictingOrders(input.openOrders, position, target);
  const pending = sumOf(input.openOrders);
  const delta = target.minus(position).minus(pending);
  const result = { cancel, target: toWire(target), delta: toWire(delta) };
  const legs = cancel.length > 0 ? [] : legsFor(input, { lot, position, pending, target, delta });
  if (legs.length > 0) return { ...result, legs, hold: null };
  return { ...result, legs, hold: holdReason(input, { position, pending, target, delta }) };
}

interface Situation {
  position: Decimal;
  pending: Decimal;
  target: Decimal;
  delta: Decimal;
}

/** A size is computed from a weight: what equals a whole number of lots but for rounding is that number, as in a backtest. */
function targetQuantity(input: TargetOrdersInput, lot: Decimal): Decimal {
  if (input.signal === -1 && !input.allowShort) return new Decimal(0);
  const size = new Decimal(input.size);
  const nearest = size.div(lot).round().times(lot);
  const whole = size.minus(nearest).abs().lessThanOrEqualTo(nearest.times(TIE));
  return (whole ? nearest : roundToLot(size, lot)).times(input.signal);
}

function keepInForce(input: TargetOrdersInput, wanted: Decimal, lot: Decimal): Decimal {
  const { inForce } = input;
  if (!inForce || inForce.signal !== input.signal || input.signal === 0) return wanted;
  const quantity = new Decimal(inForce.quantity);
  const difference = wanted.minus(quantity).abs();
  const band = quantity.abs().times(input.rebalanceBand ?? 0);
  return difference.lessThan(lot) || difference.lessThan(band) ? quantity : wanted;
}

/** Orders away from what is left to do, open legs of a flip that is none any more, and all when together they go past it. */
function conflictingOrders(orders: readonly OpenOrder[], position: Decimal, target: Decimal): string[] {
  const left = target.minus(position);
  const flipOff = !position.isZero() && !isFlip(position, target);
  const away = orders.filter((order) => !signed(order).times(left).greaterThan(0) || (order.afterClose && flipOff));
  const towards = orders.filter((order) => !away.includes(order));
  const past = sumOf(towards).abs().greaterThan(left.abs());
  return (past ? orders : away).map((order) => order.clientOrderId);
}

function isFlip(position: Decimal, target: Decimal): boolean {
  return position.times(target).isNegative() && !position.isZero() && !target.isZero();
}

function sumOf(orders: readonly OpenOrder[]): Decimal {
  return orders.reduce((sum, order) => sum.plus(signed(order)), new Decimal(0));
}

function legsFor(input: TargetOrdersInput, at: Situation & { lot: Decimal }): OrderLeg[] {
  const { lot, position, pending, target, delta } = at;
  const flips = isFlip(position, target);
  if (flips || (target.isZero() && !position.isZero())) {
    const opening = sumOf(input.openOrders.filter((order) => order.afterClose)).abs();
    const closing = pending.abs().minus(opening);
    const left = Decimal.max(position.abs().minus(closing), 0);
    const closable = input.closable === undefined ? left : Decimal.min(left, input.closable);
    const close = leg('close', position.isPositive() ? 'SELL' : 'BUY', roundToLot(closable, lot), true, false);
    if (!sendable(input, close)) return [];
    if (!flips) return [close];
    const toOpen = Decimal.max(target.abs().minus(opening), 0);
    const open = leg('open', target.isPositive() ? 'BUY' : 'SELL', roundToLot(toOpen, lot), false, true);
    return sendable(input, open) ? [close, open] : [close];
  }
  const reducing = !position.isZero() && delta.isPositive() !== position.isPositive();
  const most = reducing && input.closable !== undefined ? Decimal.min(delta.abs(), input.closable) : delta.abs();
  const qty = roundToLot(most, lot);
  const kind: LegKind = position.isZero() && pending.isZero() ? 'open' : 'resize';
  const only = leg(kind, delta.isPositive() ? 'BUY' : 'SELL', qty, reducing, false);
  return sendable(input, only) ? [only] : [];
}

function leg(kind: LegKind, side: OrderSide, qty: Decimal, reducing: boolean, afterClose: boolean): OrderLeg {
  return { leg: kind, side, qty: toWire(qty), reducing, afterClose };
}

function sendable(input: TargetOrdersInput, { qty }: OrderLeg): boolean {
  const amount = new Decimal(qty);
  return amount.greaterThan(0) && !belowMinimum(input, amount);
}

function belowMinimum(input: TargetOrdersInput, qty: Decimal): boolean {
  if (input.minQty !== undefined && qty.lessThan(input.minQty)) return true;
  if (input.minNotional == null || input.lastPrice == null) return false;
  return qty.times(input.lastPrice).lessThan(input.minNotional);
}

function holdReason(input: TargetOrdersInput, at: Situation): HoldReason {
  if (!at.pending.isZero()) return 'orders_pending';
  if (input.signal === -1 && !input.allowShort && at.position.isZero()) return 'short_not_allowed';
  if (at.delta.isZero() && !at.target.isZero()) return 'already_held';
  if (at.delta.isZero()) return input.signal === 0 ? 'already_flat' : 'below_lot';
  return at.delta.abs().lessThan(input.lot) ? 'below_lot' : 'below_minimum';
}

function signed(order: OpenOrder): Decimal {
  return order.side === 'BUY' ? new Decimal(order.remainingQty) : new Decimal(order.remainingQty).negated();
}
