import { refusalOf } from '../../../testing/src/domain/refusal';
import { assertWritable, nextStatus, STRATEGY_STATUSES, STRATEGY_STEPS, strategyTransitions } from './strategy-status';

describe('the lifecycle', () => {
  const legal: [string, string, string][] = [
    ['draft', 'backtest_completed', 'backtested'],
    ['draft', 'archive', 'archived'],
    ['backtested', 'backtest_completed', 'backtested'],
    ['backtested', 'validation_passed', 'validated'],
    ['backtested', 'validation_failed', 'backtested'],
    ['backtested', 'archive', 'archived'],
    ['validated', 'backtest_completed', 'validated'],
    ['validated', 'validation_passed', 'validated'],
    ['validated', 'validation_failed', 'backtested'],
    ['validated', 'promote', 'promoted'],
    ['validated', 'archive', 'archived'],
    ['promoted', 'backtest_completed', 'promoted'],
    ['promoted', 'validation_passed', 'promoted'],
    ['promoted', 'validation_failed', 'promoted'],
    ['promoted', 'demote', 'validated'],
  ];

  it('has these steps and no other', () => {
    const found = STRATEGY_STATUSES.flatMap((status) =>
      STRATEGY_STEPS.flatMap((step) => {
        const next = strategyTransitions[status][step];
        return next ? [[status, step, next]] : [];
      }),
    );
    expect(found).toEqual(legal);
    for (const [status, step, next] of legal) expect(nextStatus(status as never, step as never)).toBe(next);
  });

  it('refuses every other step and says which are legal', () => {
    const isLegal = (status: string, step: string) => legal.some(([a, b]) => a === status && b === step);
    for (const status of STRATEGY_STATUSES) {
      for (const step of STRATEGY_STEPS.filter((one) => !isLegal(status, one))) {
        const error = refusalOf(() => nextStatus(status, step));
        expect(error.code).toBe(status === 'archived' ? 'archived_read_only' : 'illegal_transition');
        expect(error.facts).toEqual({ status, step, allowed: Object.keys(strategyTransitions[status]) });
      }
    }
    expect(refusalOf(() => nextStatus('promoted', 'archive')).message).toContain('demote it first');
    expect(refusalOf(() => nextStatus('draft', 'validation_passed')).message).toBe(
      'run a backtest first: step must be one of backtest_completed, archive for status draft, was validation_passed',
    );
  });

  it('makes an archived strategy read-only', () => {
    expect(refusalOf(() => assertWritable('archived')).code).toBe('archived_read_only');
    expect(() => assertWritable('promoted')).not.toThrow();
  });
});
