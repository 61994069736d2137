import { TIMEFRAME_MINUTES } from '@assay/contracts';
import { periodsPerYear } from './periods-per-year';

it.each([
  ['1d', 252, 252],
  ['1d', 400, 400],
  // sessions of 390 minutes, the last bar cut short
  ['1h', 252, 252 * 7],
  ['30m', 252, 252 * 13],
  ['4h', 364, 364 * 2],
  // around the clock
  ['1h', 365, 365 * 24],
  ['4h', 366, 366 * 6],
  ['1m', 365, 365 * 1440],
  // counts bars
  ['1h', 367, 367],
  // as many whatever the sessions
  ['1w', 252, 52],
  ['1M', 365, 12],
  ['5m', 19_656, 19_656],
] as const)('%s bars with a trading period of %d are %d a year', (timeframe, trading_period, expected) => {
  expect(periodsPerYear({ timeframe, trading_period })).toBe(expected);
});

it('takes a document without timeframe for daily', () => {
  expect(periodsPerYear({ timeframe: undefined, trading_period: 252 })).toBe(252);
  expect(TIMEFRAME_MINUTES['4h']).toBe(240);
});
