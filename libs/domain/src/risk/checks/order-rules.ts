import { Decimal } from '@assay/primitives';
import type { HoldReason, TargetOrders } from '../../orders';
import { failed, passed, type CheckResult } from '../check-result';

export interface OrderRulesInput {
  orders: TargetOrders;
  /** Unsigned size of a full position before rounding to the lot. */
  size: string;
  lot: string;
}

const OF_RULES: readonly HoldReason[] = ['below_lot', 'below_minimum', 'short_not_allowed'];

/** Whether nothing is ordered because the venue, or the account, would not take it. */
export const isOfRules = (hold: HoldReason): boolean => OF_RULES.includes(hold);

/** What is wanted can be an order at all: a lot, the venue's minimum, a side that the account may take. HOLD otherwise. */
export function checkOrderRules({ orders: { hold, delta }, size, lot }: OrderRulesInput): CheckResult {
  if (hold === null || !isOfRules(hold)) return passed('order_rules', delta, lot);
  // A size under one lot is a target of nothing: what was wanted is what has to be seen.
  return failed('order_rules', hold, new Decimal(delta).isZero() ? size : delta, lot, 'hold');
}
