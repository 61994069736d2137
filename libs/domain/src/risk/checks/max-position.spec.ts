import { entry, exit } from '../../fixtures/order-legs';
import { checkMaxPosition, type MaxPositionInput } from './max-position';

const given: MaxPositionInput = {
  leg: entry,
  position: '0',
  openOrders: [],
  lastPrice: '50',
  maxPositionUsd: '10000',
  fx: 'usd',
  maxFxAgeMs: 1000,
  nowMs: 5000,
};
const order = (side: 'BUY' | 'SELL') => ({ clientOrderId: side, side, remainingQty: '60', afterClose: false });

describe('the check of the position', () => {
  it('values what would be held with the open orders of its side', () => {
    const more = { ...given, position: '40', openOrders: [order('BUY'), order('SELL')] };
    expect(checkMaxPosition(more).record).toMatchObject({ passed: true, actual: '10000', limit: '10000' });
    expect(checkMaxPosition({ ...more, maxPositionUsd: '9999.99' }).record).toMatchObject({
      passed: false,
      code: 'max_position',
    });
  });

  it('counts a short position by its size', () => {
    const short = { ...entry, side: 'SELL' } as const;
    expect(checkMaxPosition({ ...given, leg: short, position: '-150' }).record).toMatchObject({
      passed: false,
      actual: '12500',
    });
  });

  it('is in dollars, by a rate that is young enough', () => {
    const fx = { rate: '0.128', asOfMs: 4000 };
    expect(checkMaxPosition({ ...given, fx }).record.actual).toBe('640');
    expect(checkMaxPosition({ ...given, fx: { ...fx, asOfMs: 3999 } }).record.code).toBe('fx_stale');
    expect(checkMaxPosition({ ...given, fx: null }).record.code).toBe('fx_missing');
    expect(checkMaxPosition({ ...given, lastPrice: null }).record.code).toBe('price_unknown');
  });

  it('lets an exit go', () => {
    expect(checkMaxPosition({ ...given, leg: exit, lastPrice: null, fx: null }).record.code).toBe('exit');
  });
});
