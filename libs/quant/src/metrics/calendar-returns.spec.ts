import { hostileReturns } from '../../../testing/src/quant/hostile-series';
import { annualReturns, monthlyReturns } from './calendar-returns';

describe('returns by month and year', () => {
  it('compound months and years by UTC date', () => {
    const times = ['2020-11-30', '2020-12-01', '2020-12-31', '2021-01-04'].map((day) => Date.parse(`${day}T23:59:59Z`));
    const months = monthlyReturns(Float64Array.from(times), Float64Array.of(0.1, 0.1, 0.1, -0.5));
    expect(months).toEqual([
      { year: 2020, month: 11, value: expect.closeTo(0.1) },
      { year: 2020, month: 12, value: expect.closeTo(0.21) },
      { year: 2021, month: 1, value: expect.closeTo(-0.5) },
    ]);
    expect(annualReturns(months)).toEqual([
      { year: 2020, value: expect.closeTo(0.331) },
      { year: 2021, value: expect.closeTo(-0.5) },
    ]);
  });

  it('leave the month of a missing return undefined and the others not', () => {
    const r = hostileReturns()['only gains'].slice(0, 90);
    r[40] = NaN;
    const days = Float64Array.from({ length: 90 }, (_, t) => t * 86_400_000);
    const months = monthlyReturns(days, r).map((row) => Number.isNaN(row.value));
    expect(months).toEqual([false, true, false]);
  });
});
