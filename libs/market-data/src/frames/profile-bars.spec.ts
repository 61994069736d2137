import type { BarColumns } from '@assay/domain';
import { profileBars } from './profile-bars';

const barsOf = (close: number[]): BarColumns => {
  const absent = (): Float64Array => new Float64Array(close.length).fill(NaN);
  return {
    ...{ symbol: 'X', source: 'made', timeframe: '1d' },
    openTimeMs: Float64Array.from(close, (_, i) => Date.UTC(2020, 0, 1 + i)),
    ...{ open: absent(), high: absent(), low: absent(), volume: absent() },
    close: Float64Array.from(close),
    extra: { factor: Float64Array.from(close, (_, i) => i) },
  };
};
const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString();

describe('the profile of bars', () => {
  it('has the returns of numpy 2.4 and scipy 1.17 with the worst and the best bar', () => {
    const bars = barsOf(Array.from({ length: 300 }, (_, i) => 100 + ((i * 7919) % 1009) / 7));
    const { returns } = profileBars(bars, { periodsPerYear: 252, bins: 5 });
    expect(returns).toMatchObject({
      ...{ column: 'return', count: 299, missing: 0, periods_per_year: 252 },
      mean: expect.closeTo(0.0655010968967607, 13),
      annualised_volatility: expect.closeTo(7.0895754574972125, 12),
      skew: expect.closeTo(1.9209427158406485, 12),
      return_autocorrelation: expect.closeTo(-0.18770991062412745, 13),
      worst: { time: day(244), value: expect.closeTo(-0.17915690866510547, 14) },
      best: { time: day(1), value: expect.closeTo(1.2228571428571429, 14) },
    });
    expect(returns.histogram?.counts).toHaveLength(5);
  });

  it('has every column, the first and last rows and the span', () => {
    const found = profileBars(barsOf([1, 2, 4]), { periodsPerYear: null, rows: 1 });
    expect(found.columns.map(({ column, count }) => [column, count])).toEqual([
      ...[
        ['open', 0],
        ['high', 0],
        ['low', 0],
        ['close', 3],
        ['volume', 0],
      ],
      ['factor', 3],
    ]);
    expect(found).toMatchObject({ bars: 3, first: day(0), last: day(2), head: [{ close: 1 }], tail: [{ close: 4 }] });
    expect(found.returns).toMatchObject({ annualised_volatility: null, periods_per_year: null, mean: 1 });
  });

  it('says where closes are missing, and nothing of returns that are none', () => {
    const { returns } = profileBars(barsOf([1, NaN, 2, 3]), { periodsPerYear: 252 });
    expect(returns).toMatchObject({
      count: 1,
      missing: 2,
      annualised_volatility: null,
      best: { time: day(3), value: 0.5 },
    });
    expect(profileBars(barsOf([1]), { periodsPerYear: 252 }).returns).toMatchObject({
      count: 0,
      worst: null,
      best: null,
    });
    expect(profileBars(barsOf([]), { periodsPerYear: 252 })).toMatchObject({ bars: 0, first: null, head: [] });
  });
});
