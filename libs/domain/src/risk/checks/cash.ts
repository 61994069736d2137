import { Decimal, toWire } from '@assay/primitives';
import { type OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

export interface CashInput {
  leg: OrderLeg | null;
  lastPrice: string | null;
  /** What the venue lets an order spend now, in the instrument's currency; null when the query failed. */
  available: string | null;
  /** Taken by our open intents and not yet taken off `available` by the venue. */
  reserved?: string;
  /** Fees and slippage to leave room for, in basis points of the notional. */
  costBps: number;
}

/** An entry must be paid for, costs included, by cash that no open order of the account is meant to spend. A failed query is not cash. */
export function checkCash({ leg, lastPrice, available, reserved = '0', costBps }: CashInput): CheckResult {
  const free = available === null ? null : toWire(new Decimal(available).minus(reserved));
  if (!leg || leg.reducing) return exempt('cash', free, leg !== null);
  if (free === null) return failed('cash', 'cash_unknown', null, null);
  if (lastPrice === null) return failed('cash', 'price_unknown', null, free);
  const cost = new Decimal(leg.qty).times(lastPrice).times(new Decimal(costBps).div(10_000).plus(1));
  const needed = toWire(cost);
  return cost.greaterThan(free) ? failed('cash', 'insufficient_cash', needed, free) : passed('cash', needed, free);
}
