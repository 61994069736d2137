import { entry, exit } from '../../fixtures/order-legs';
import { checkCash } from './cash';

const given = { leg: entry, lastPrice: '50', available: '6000', costBps: 5 };

describe('the cash check', () => {
  it('asks for the order with its costs', () => {
    expect(checkCash(given).record).toEqual({
      check: 'cash',
      passed: true,
      code: null,
      actual: '5002.5',
      limit: '6000',
    });
    expect(checkCash({ ...given, available: '5002.5' }).record.passed).toBe(true);
    expect(checkCash({ ...given, available: '5002.49' }).record).toMatchObject({ code: 'insufficient_cash' });
  });

  it('takes off what open intents have reserved', () => {
    expect(checkCash({ ...given, reserved: '997.51' }).record).toMatchObject({ passed: false, limit: '5002.49' });
  });

  it('passes on no figure or price it does not know', () => {
    expect(checkCash({ ...given, available: null }).record).toMatchObject({ passed: false, code: 'cash_unknown' });
    expect(checkCash({ ...given, lastPrice: null }).record).toMatchObject({ passed: false, code: 'price_unknown' });
  });

  it('lets an exit go without cash', () => {
    expect(checkCash({ ...given, leg: exit, available: null }).record).toMatchObject({ passed: true, code: 'exit' });
    expect(checkCash({ ...given, leg: null }).record).toMatchObject({ passed: true, code: 'no_order' });
  });
});
