import type { TargetOrders } from '../../orders';
import { failed, passed, type CheckResult } from '../check-result';

/** The target was already acted on, or differs by less than one order may move. HOLD, with the reason why. */
export function checkDuplicate(orders: TargetOrders, lot: string): CheckResult {
  if (orders.hold === null) return passed('duplicate', orders.delta, lot);
  return failed('duplicate', orders.hold, orders.delta, lot, 'hold');
}
