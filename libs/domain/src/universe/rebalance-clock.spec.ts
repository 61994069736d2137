import type { Rebalance } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import { RebalanceClock } from './rebalance-clock';

const sessions = (dates: string[], rule: Rebalance): string[] => {
  const clock = new RebalanceClock(rule);
  const day = (date: string): number => Date.parse(date) / DAY_MS;
  const due: string[] = [];
  dates.forEach((date, k) => {
    if (clock.step(day(date), day(dates[k + 1] ?? '2024-05-01'))) due.push(date);
    const copy = clock.save();
    clock.load(copy);
  });
  return due;
};
// New York, around Good Friday
const dates = [
  '2024-03-26',
  '2024-03-27',
  '2024-03-28',
  '2024-04-01',
  '2024-04-02',
  '2024-04-05',
  '2024-04-08',
  '2024-04-30',
];

it.each<[Rebalance, string[]]>([
  [{ kind: 'bars', every: 3 }, ['2024-03-26', '2024-04-01', '2024-04-08']],
  [{ kind: 'weekly', session: 'last' }, ['2024-03-28', '2024-04-05', '2024-04-08']],
  [{ kind: 'weekly', session: 'first' }, ['2024-04-01', '2024-04-08', '2024-04-30']],
  [{ kind: 'monthly', session: 'last' }, ['2024-03-28', '2024-04-30']],
  [{ kind: 'monthly', session: 'first' }, ['2024-04-01']],
])('%j', (rule, due) => {
  expect(sessions(dates, rule)).toEqual(due);
});

it('gives a period its turn once, whatever the calendar says', () => {
  const clock = new RebalanceClock({ kind: 'monthly', session: 'last' });
  expect([clock.step(0, 31), clock.step(1, 31), clock.step(31, 32), clock.step(58, 59)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
