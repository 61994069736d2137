import { entry, exit } from '../../fixtures/order-legs';
import { checkMaxDailyTrades } from './max-daily-trades';

describe('the check of daily trades', () => {
  it('counts the entry that is meant', () => {
    expect(checkMaxDailyTrades({ leg: entry, entriesToday: 9, maxDailyTrades: 10 }).record).toMatchObject({
      passed: true,
      actual: 10,
    });
    expect(checkMaxDailyTrades({ leg: entry, entriesToday: 10, maxDailyTrades: 10 }).record).toMatchObject({
      passed: false,
      code: 'max_daily_trades',
      actual: 11,
      limit: 10,
    });
  });

  it('lets an exit go after the last entry', () => {
    expect(checkMaxDailyTrades({ leg: exit, entriesToday: 10, maxDailyTrades: 0 }).record.code).toBe('exit');
  });
});
