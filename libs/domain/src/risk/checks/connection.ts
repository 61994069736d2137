import { failed, passed, type CheckResult } from '../check-result';

export interface ConnectionInput {
  reachable: boolean;
  tradable: boolean;
}

/** The broker's gateway answers and takes orders. */
export function checkConnection({ reachable, tradable }: ConnectionInput): CheckResult {
  if (!reachable) return failed('connection', 'not_reachable', false, true);
  return tradable ? passed('connection', true, true) : failed('connection', 'not_tradable', false, true);
}
