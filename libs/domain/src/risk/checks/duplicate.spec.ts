import type { TargetOrders } from '../../orders';
import { checkDuplicate } from './duplicate';

const orders = (hold: TargetOrders['hold']): TargetOrders => ({ hold, delta: '3' }) as TargetOrders;

describe('the duplicate check', () => {
  it('passes what is to be ordered', () => {
    expect(checkDuplicate(orders(null), '1').record).toMatchObject({ passed: true, actual: '3', limit: '1' });
  });

  it.each(['below_lot', 'below_minimum', 'short_not_allowed'] as const)('passes %s, which is no duplicate', (hold) => {
    expect(checkDuplicate(orders(hold), '1').record).toMatchObject({ passed: true });
  });

  it('holds with the reason why nothing is', () => {
    expect(checkDuplicate(orders('already_held'), '1')).toEqual({
      record: { check: 'duplicate', passed: false, code: 'already_held', actual: '3', limit: '1' },
      onFailure: 'hold',
    });
  });
});
