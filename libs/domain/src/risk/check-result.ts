import type { RiskCheckRecord } from '@assay/contracts';

/** The checks in the order in which the first failure decides. */
export const RISK_CHECKS = [
  'kill_switch',
  'connection',
  'data',
  'signal',
  'stop_loss',
  'duplicate',
  'order_rules',
  'cash',
  'max_position',
  'max_daily_trades',
  'account_limits',
] as const;
export type RiskCheckName = (typeof RISK_CHECKS)[number];

/** A record for the log, and what a failure makes of the run. */
export interface CheckResult {
  record: RiskCheckRecord;
  onFailure: 'rejected' | 'hold';
}

type Shown = string | number | boolean | null;

export function passed(check: RiskCheckName, actual: Shown, limit: Shown, code: string | null = null): CheckResult {
  return { record: { check, passed: true, code, actual, limit }, onFailure: 'rejected' };
}

export function failed(
  check: RiskCheckName,
  code: string,
  actual: Shown,
  limit: Shown,
  onFailure: CheckResult['onFailure'] = 'rejected',
): CheckResult {
  return { record: { check, passed: false, code, actual, limit }, onFailure };
}

/** An exit is never blocked by an entry limit; without an order there is nothing to limit. */
export function exempt(check: RiskCheckName, limit: Shown, reducing: boolean): CheckResult {
  return passed(check, null, limit, reducing ? 'exit' : 'no_order');
}
