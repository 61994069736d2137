import type { OrderLeg } from '../../orders';
import { failed, passed, type CheckResult } from '../check-result';
import { orderPermissions, type DeploymentFacts, type Permission } from '../order-permissions';

export interface KillSwitchInput {
  facts: DeploymentFacts;
  trigger: 'signal' | 'stop' | 'flatten';
  /** The order that is meant; null when nothing is to be sent. */
  leg: OrderLeg | null;
  /** The venue has reduce-only orders of its own. */
  nativeReduceOnly: boolean;
}

/**
 * The state table: an order its column forbids fails with the fact that forbids it. States in which no run may act at
 * all (disabled, halted, stopped, not confirmed) fail without an order too.
 */
export function checkKillSwitch(input: KillSwitchInput): CheckResult {
  const permissions = orderPermissions(input.facts);
  const wholly = input.trigger !== 'flatten' && permissions.stopExit === 'no';
  const column = columnFor(input);
  const permission = permissions[column];
  const allowed = !wholly && (input.leg === null || isAllowed(permission, input));
  const actual = permissions.reason ?? 'active';
  if (allowed) return passed('kill_switch', actual, permission);
  return failed('kill_switch', permissions.reason ?? 'disabled', actual, permission);
}

function columnFor({ trigger, leg }: KillSwitchInput): 'entry' | 'signalExit' | 'stopExit' | 'manualFlatten' {
  if (trigger === 'flatten') return 'manualFlatten';
  if (trigger === 'stop') return 'stopExit';
  return leg && !leg.reducing ? 'entry' : 'signalExit';
}

function isAllowed(permission: Permission, { nativeReduceOnly, trigger }: KillSwitchInput): boolean {
  if (permission !== 'native_reduce_only') return permission !== 'no';
  // where the venue has none, a person may still flatten, warned and confirmed by the caller
  return nativeReduceOnly || trigger === 'flatten';
}
