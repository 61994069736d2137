import { research } from '../api/clients';
import { backtestsOf, newestCompleted } from './backtests-query';

jest.mock('../api/clients', () => ({
  answer: (call: Promise<unknown>) => call,
  research: { GET: jest.fn() },
}));

const backtest = (day: number, revision = 1, status: 'completed' | 'failed' = 'completed') => ({
  created_at: `2024-01-0${day}T00:00:00.000Z`,
  revision,
  status,
});
const all = [backtest(1), backtest(2), backtest(3), backtest(4, 1, 'failed'), backtest(5, 2)];

describe('the newest completed backtest', () => {
  it('is found among all, which the API lists the oldest first', async () => {
    jest
      .mocked(research.GET as () => Promise<unknown>)
      .mockImplementation(() => Promise.resolve({ items: [...all], next_cursor: null }));
    const newestFirst = await backtestsOf('s');
    expect(newestFirst).toEqual([...all].reverse());
    expect(newestCompleted(newestFirst, 1)).toBe(all[2]);
    expect(newestCompleted(newestFirst)).toBe(all[4]);
    expect(newestCompleted(newestFirst, 3)).toBeUndefined();
  });
});
