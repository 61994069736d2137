import { failed, passed, type CheckResult } from '../check-result';
import type { StopLossOutcome } from '../stop-loss';

/** Records the stop. Its failure forces the target to 0 instead of refusing the run. */
export function checkStopLoss(outcome: StopLossOutcome, limitPct: number | null): CheckResult {
  const loss = outcome.lossPct === null ? null : Number(outcome.lossPct.toFixed(6));
  if (!outcome.forced) return passed('stop_loss', loss, limitPct);
  if (outcome.reached) return failed('stop_loss', outcome.reached.reason, loss, outcome.reached.level, 'hold');
  return failed('stop_loss', outcome.fired ? 'stop_loss' : 'stop_latched', loss, limitPct, 'hold');
}
