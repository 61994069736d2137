import * as z from 'zod';
import { DEFAULT_RISK_LIMITS, riskLimits, riskLimitSpecs } from './risk-limits';

const schema = riskLimits(z);
const takes = (limits: unknown): boolean => schema.safeParse(limits).success;

it('has a default for every limit but the stop, which its own rule takes', () => {
  const { stop_loss_pct, ...defaults } = DEFAULT_RISK_LIMITS;
  expect(stop_loss_pct).toBeNull();
  expect(Object.keys(DEFAULT_RISK_LIMITS)).toEqual(riskLimitSpecs.map(([name]) => name));
  expect(schema.parse(defaults)).toEqual(defaults);
});

it('may be left out, each or all of them, and states none that was not given', () => {
  expect(schema.parse({})).toEqual({});
  expect(schema.parse({ max_daily_trades: 0 })).toEqual({ max_daily_trades: 0 });
});

it.each<[string, unknown, boolean]>([
  ['max_position_usd', '0', true],
  ['max_position_usd', '10000.01', true],
  ['max_position_usd', 10_000, true],
  ['max_position_usd', '-1', false],
  ['max_position_usd', 'many', false],
  ['max_daily_trades', 0, true],
  ['max_daily_trades', -1, false],
  ['max_daily_trades', 1.5, false],
  ['max_daily_trades', '1', false],
  ['stop_loss_pct', 0, false],
  ['stop_loss_pct', 0.01, true],
  ['stop_loss_pct', 100, true],
  ['stop_loss_pct', 100.01, false],
  ['max_orders', 1, false],
])('%s of %p is taken: %p', (name, value, isTaken) => {
  expect(takes({ [name]: value })).toBe(isTaken);
});
