import { failed, passed, type CheckResult } from '../check-result';

export interface DataInput {
  /** Close of the newest bar that was evaluated; null when there is none. */
  lastCloseMs: number | null;
  /** Close of the bar that must be there by the calendar. */
  expectedCloseMs: number;
  nowMs: number;
}

/** The bar decided upon is closed and the newest that should exist. No bars at all is HOLD, not a rejection. */
export function checkData({ lastCloseMs, expectedCloseMs, nowMs }: DataInput): CheckResult {
  if (lastCloseMs === null) return failed('data', 'insufficient_data', null, iso(expectedCloseMs), 'hold');
  if (lastCloseMs > nowMs) return failed('data', 'bar_not_closed', iso(lastCloseMs), iso(nowMs));
  if (lastCloseMs < expectedCloseMs) return failed('data', 'stale_data', iso(lastCloseMs), iso(expectedCloseMs));
  return passed('data', iso(lastCloseMs), iso(expectedCloseMs));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
