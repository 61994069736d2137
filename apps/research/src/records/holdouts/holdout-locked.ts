import { TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { DomainError, endOfDateOrTime } from '@assay/primitives';
import type { HoldoutEntity } from './holdout.entity';

const MINUTE_MS = 60_000;

/** How many leading bars end before the time: a bar that goes on beyond it is locked whole. */
export function barsBefore(openTimeMs: Float64Array, timeframe: Timeframe, fromMs: number): number {
  const length = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
  let n = openTimeMs.length;
  while (n > 0 && openTimeMs[n - 1]! + length > fromMs) n -= 1;
  return n;
}

/** Refusal of bars that are locked; of a field of the request where one asks for them. */
export function holdoutLocked(
  { id, strategyId, symbols, fromAt }: HoldoutEntity,
  asked?: { field: string; value: unknown },
): DomainError {
  const from = fromAt.toISOString();
  const facts = { holdout_id: id, strategy_id: strategyId, symbols, from };
  const why = `bars of ${symbols.join(', ')} from ${from} on are locked until one look at them is recorded`;
  if (!asked) return new DomainError('holdout_locked', why, facts);
  const message = `${asked.field} must be before ${from}, was ${String(asked.value)}: ${why}`;
  return new DomainError('holdout_locked', message, facts, [{ ...asked, rule: 'holdout_locked', message }]);
}

/** @throws DomainError `holdout_locked` for a bound, inclusive, that reaches into it; `validation_failed` for one that is no time */
export function assertBefore(
  holdout: HoldoutEntity | null,
  bounds: Readonly<Record<string, string | null | undefined>>,
): void {
  if (!holdout) return;
  for (const [field, value] of Object.entries(bounds)) {
    if (value == null || endOfDateOrTime(field, value) < holdout.fromAt.getTime()) continue;
    throw holdoutLocked(holdout, { field, value });
  }
}
