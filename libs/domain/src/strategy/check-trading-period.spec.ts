import type { Timeframe } from '@assay/contracts';
import { checkTradingPeriod } from './check-trading-period';

const calendar = { barsPerYear: (timeframe: Timeframe): number => (timeframe === '1d' ? 250 : 1750) };
const check = (timeframe: Timeframe | undefined, trading_period: number) =>
  checkTradingPeriod({ timeframe, trading_period }, calendar);

it('takes what is within two percent of the calendar without a word', () => {
  for (const period of [245, 250, 255])
    for (const timeframe of ['1d', undefined, '1h'] as const) expect(check(timeframe, period)).toEqual([]);
  for (const period of [1715, 1785]) expect(check('1h', period)).toEqual([]);
});

it('warns for daily bars, whose period only annualises', () => {
  expect(check('1d', 365)).toEqual([
    {
      code: 'trading_period_differs',
      field: 'trading_period',
      message: 'trading_period 365 differs from the 250 sessions per year of the market',
      calendar: 250,
    },
  ]);
  expect(check('1d', 1750)).toHaveLength(1);
  expect(check('1d', 244.9)).toHaveLength(1);
});

it('refuses for intraday bars what is neither sessions nor bars a year', () => {
  expect(() => check('1h', 365)).toThrow('trading_period must be 250 sessions or 1750 1h bars per year, was 365');
  for (const period of [256, 1714, 1786]) expect(() => check('1h', period)).toThrow(`was ${period}`);
});
