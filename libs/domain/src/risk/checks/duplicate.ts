import type { TargetOrders } from '../../orders';
import { failed, passed, type CheckResult } from '../check-result';
import { isOfRules } from './order-rules';

/** The target was already acted on. HOLD, with the reason why. */
export function checkDuplicate({ hold, delta }: TargetOrders, lot: string): CheckResult {
  if (hold === null || isOfRules(hold)) return passed('duplicate', delta, lot);
  return failed('duplicate', hold, delta, lot, 'hold');
}
