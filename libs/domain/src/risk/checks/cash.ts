import { Decimal, toWire, type OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

export interface CashInput {
  leg: OrderLeg | null;
  lastPrice: string | null;
  /** What an order may spend now, in the instrument's currency; null when the query failed. */
  availableCash: string | null;
  /** Fees and slippage to leave room for, in basis points of the notional. */
  costBps: number;
}

/** An entry must be paid for, costs included. A failed query is not cash. */
export function checkCash({ leg, lastPrice, availableCash, costBps }: CashInput): CheckResult {
  if (!leg || leg.reducing) return exempt('cash', availableCash, leg !== null);
  if (availableCash === null) return failed('cash', 'cash_unknown', null, null);
  if (lastPrice === null) return failed('cash', 'price_unknown', null, availableCash);
  const cost = new Decimal(leg.qty).times(lastPrice).times(new Decimal(costBps).div(10_000).plus(1));
  const needed = toWire(cost);
  return cost.greaterThan(availableCash)
    ? failed('cash', 'insufficient_cash', needed, availableCash)
    : passed('cash', needed, availableCash);
}
