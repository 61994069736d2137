import { comparedRuns } from './compared-runs';

const item = (id: string, strategy: string, revision = 1, timeframe = '1d') => ({
  ...{ id, strategy_id: strategy, revision, timeframe },
});

it('runs that are compared are told apart by name, also those of one strategy', () => {
  const names: Record<string, string> = { t: 'Trend', m: 'Two\nlines' };
  const runs = comparedRuns(
    [item('b1', 't'), item('b2', 'm', 3, '4h'), item('b3', 't', 2), item('0123456789', 'gone')],
    (id) => names[id ?? ''],
  );
  expect(runs.map(({ name }) => name)).toEqual([
    '1. Trend, version 1',
    'Two\nlines',
    '3. Trend, version 2',
    '01234567',
  ]);
  expect(runs[1]).toEqual({ id: 'b2', name: 'Two\nlines', strategy: 'Two\nlines', revision: '3', timeframe: '4h' });
});
