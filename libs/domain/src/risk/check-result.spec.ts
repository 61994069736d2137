import { exempt, failed, passed } from './check-result';

it('a check that passed shows what it saw, and a code only where it has one', () => {
  expect(passed('cash', '10', '20').record).toEqual({
    check: 'cash',
    passed: true,
    code: null,
    actual: '10',
    limit: '20',
  });
  expect(passed('data', 1, 2, 'stale').record.code).toBe('stale');
});

it('a check that failed rejects unless it says hold', () => {
  const result = failed('max_daily_trades', 'too_many', 11, 10);
  expect(result).toEqual({
    record: { check: 'max_daily_trades', passed: false, code: 'too_many', actual: 11, limit: 10 },
    onFailure: 'rejected',
  });
  expect(failed('signal', 'none', null, null, 'hold').onFailure).toBe('hold');
});

it('what is exempt passes, and says whether it is an exit or no order at all', () => {
  const base = { check: 'max_position', passed: true, actual: null, limit: 5 };
  expect(exempt('max_position', 5, true).record).toEqual({ ...base, code: 'exit' });
  expect(exempt('max_position', 5, false).record).toEqual({ ...base, code: 'no_order' });
});
