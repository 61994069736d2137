import { assertBefore, barsBefore } from './holdout-locked';
import type { HoldoutEntity } from './holdout.entity';

const DAY = 86_400_000;
const holdout = {
  id: 'h',
  strategyId: 's',
  symbols: ['SPX'],
  fromAt: new Date('2020-01-11T00:00:00Z'),
} as HoldoutEntity;
const days = Float64Array.from({ length: 20 }, (_, i) => Date.UTC(2020, 0, 1) + i * DAY);

describe('bars before a holdout', () => {
  it('are those that end until it begins: a longer bar that goes on beyond it is locked whole', () => {
    expect(barsBefore(days, '1d', holdout.fromAt.getTime())).toBe(10);
    expect(barsBefore(days, '1d', holdout.fromAt.getTime() + 1)).toBe(10);
    expect(barsBefore(days, '1w', holdout.fromAt.getTime())).toBe(4);
    expect(barsBefore(days, '1d', 0)).toBe(0);
    expect(barsBefore(days, '1d', Infinity)).toBe(20);
  });
});

describe('a bound of a request', () => {
  it('is refused from the first locked moment on, with field, rule and value', () => {
    expect(() => assertBefore(holdout, { start: null, end: '2020-01-10' })).not.toThrow();
    expect(() => assertBefore(null, { end: '2030-01-01' })).not.toThrow();
    const refused = (bounds: Record<string, string>): unknown => {
      try {
        return assertBefore(holdout, bounds);
      } catch (error) {
        return error;
      }
    };
    for (const end of ['2020-01-11', '2020-01-11T00:00:00Z', '2030-01-01']) {
      expect(refused({ end })).toMatchObject({
        code: 'holdout_locked',
        facts: { holdout_id: 'h', symbols: ['SPX'], from: '2020-01-11T00:00:00.000Z' },
        errors: [
          { field: 'end', rule: 'holdout_locked', value: end, message: expect.stringContaining('until one look') },
        ],
      });
    }
    expect(refused({ end: 'soon' })).toMatchObject({ code: 'validation_failed', errors: [{ field: 'end' }] });
  });
});
