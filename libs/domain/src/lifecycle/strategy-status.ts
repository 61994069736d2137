import { refuse } from '@assay/primitives';

export const STRATEGY_STATUSES = ['draft', 'backtested', 'validated', 'promoted', 'archived'] as const;
export type StrategyStatus = (typeof STRATEGY_STATUSES)[number];

/** What moves a revision's status. Nothing else does; no write of the row sets it. */
export const STRATEGY_STEPS = [
  'backtest_completed',
  'validation_passed',
  'validation_failed',
  'promote',
  'demote',
  'archive',
] as const;
export type StrategyStep = (typeof STRATEGY_STEPS)[number];

/** Next status by status and step; a step that is not named is illegal. A changed content starts a new draft revision. */
export const strategyTransitions: Readonly<
  Record<StrategyStatus, Readonly<Partial<Record<StrategyStep, StrategyStatus>>>>
> = {
  draft: { backtest_completed: 'backtested', archive: 'archived' },
  backtested: {
    backtest_completed: 'backtested',
    validation_passed: 'validated',
    validation_failed: 'backtested',
    archive: 'archived',
  },
  validated: {
    backtest_completed: 'validated',
    validation_passed: 'validated',
    validation_failed: 'backtested',
    promote: 'promoted',
    archive: 'archived',
  },
  promoted: {
    backtest_completed: 'promoted',
    validation_passed: 'promoted',
    // a failed re-validation warns; only a demotion takes the status away
    validation_failed: 'promoted',
    demote: 'validated',
  },
  archived: {},
};

/** What to do first, where that is one thing. */
const HINTS: Partial<Record<StrategyStatus, Partial<Record<StrategyStep, string>>>> = {
  draft: { validation_passed: 'run a backtest first', validation_failed: 'run a backtest first' },
  promoted: { archive: 'demote it first' },
};

/** Throws `archived_read_only`, or `illegal_transition` with the steps that are legal. */
export function nextStatus(status: StrategyStatus, step: StrategyStep): StrategyStatus {
  const next = strategyTransitions[status][step];
  if (next) return next;
  const allowed = Object.keys(strategyTransitions[status]);
  const facts = { status, step, allowed };
  if (status === 'archived') throw refuse('archived_read_only', `an archived strategy is read-only`, facts);
  const first = HINTS[status]?.[step];
  const message = `step must be one of ${allowed.join(', ')} for status ${status}, was ${step}`;
  throw refuse('illegal_transition', first ? `${first}: ${message}` : message, facts);
}

/** Throws `archived_read_only` for a strategy that may not be written any more. */
export function assertWritable(status: StrategyStatus): void {
  if (status === 'archived') throw refuse('archived_read_only', 'an archived strategy is read-only', { status });
}
