import { newestCompleted } from './backtests-query';

const backtest = (day: number, revision = 1, status: 'completed' | 'failed' = 'completed') => ({
  created_at: `2024-01-0${day}T00:00:00.000Z`,
  revision,
  status,
});

describe('the newest completed backtest', () => {
  it('is the newest in a list of the oldest first, as the API gives it, and in any other', () => {
    const all = [backtest(1), backtest(2), backtest(3), backtest(4, 1, 'failed'), backtest(5, 2)];
    expect(newestCompleted(all, 1)).toBe(all[2]);
    expect(newestCompleted([...all].reverse(), 1)).toBe(all[2]);
    expect(newestCompleted(all)).toBe(all[4]);
    expect(newestCompleted(all, 3)).toBeUndefined();
  });
});
