import { noValues, summaryOf } from './dataset-summary';

describe('summaryOf', () => {
  it('leaves missing values out and counts them', () => {
    const summary = summaryOf(Float64Array.of(NaN, 4, 1, 3, 2, 5, NaN));
    expect(summary).toMatchObject({ count: 5, missing: 2, mean: 3, min: 1, max: 5 });
    expect(summary.std).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(summary.quantiles['0.5']).toBe(3);
    expect(summary.quantiles['0.1']).toBeCloseTo(1.4, 12);
  });

  it('has nothing to say of a column without values', () => {
    expect(summaryOf(Float64Array.of(NaN))).toEqual({
      count: 0,
      missing: 1,
      mean: null,
      std: null,
      min: null,
      max: null,
      quantiles: {},
    });
  });

  it('has no deviation of one value', () => {
    expect(summaryOf(Float64Array.of(7))).toMatchObject({ mean: 7, std: null });
  });

  it('is warned of where there is no value at all', () => {
    expect(noValues(summaryOf(Float64Array.of(NaN, 1)))).toEqual([]);
    expect(noValues(summaryOf(Float64Array.of(NaN, NaN)))).toEqual([
      expect.objectContaining({
        code: 'no_values',
        message: expect.stringContaining('none of 2 bars has a value') as string,
      }),
    ]);
  });
});
