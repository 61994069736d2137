import type { TargetOrders } from '../../orders';
import { checkOrderRules } from './order-rules';

const check = (orders: Partial<TargetOrders>) =>
  checkOrderRules({ orders: { hold: null, delta: '3', ...orders } as TargetOrders, size: '0.4', lot: '1' });

describe('the check of order rules', () => {
  it.each([null, 'already_held', 'orders_pending'] as const)('passes with %s', (hold) => {
    expect(check({ hold }).record).toMatchObject({ check: 'order_rules', passed: true, actual: '3', limit: '1' });
  });

  it.each(['below_lot', 'below_minimum', 'short_not_allowed'] as const)(
    'holds %s, with what is left to order',
    (hold) => {
      expect(check({ hold, delta: '0.25' })).toEqual({
        record: { check: 'order_rules', passed: false, code: hold, actual: '0.25', limit: '1' },
        onFailure: 'hold',
      });
    },
  );

  it('shows the size that is less than one lot', () => {
    const nothing = { hold: 'below_lot', delta: '0' } as const;
    expect(check(nothing).record).toMatchObject({ code: 'below_lot', actual: '0.4', limit: '1' });
  });
});
