import { kurtosis, mean, quantileOfSorted, sampleStd, skewness } from './moments';

describe('moments', () => {
  it('are those of the population but for the deviation, which is that of a sample', () => {
    const values = Float64Array.of(0, 0, 0, 4);
    expect(mean(values)).toBe(1);
    // central moments 3, 6 and 21
    expect(sampleStd(values)).toBeCloseTo(2, 12);
    expect(sampleStd(values, 1)).toBe(sampleStd(values));
    expect(skewness(values)).toBeCloseTo(6 / 3 ** 1.5, 12);
    expect(kurtosis(values)).toBeCloseTo(21 / 9, 12);
  });

  it('know no spread of constant values, however their mean is rounded', () => {
    const constant = new Float64Array(7).fill(0.1);
    expect([sampleStd(constant), skewness(constant), kurtosis(constant)]).toEqual([0, null, null]);
    expect(sampleStd(Float64Array.of(1))).toBeNaN();
  });

  it('interpolate between the two values around a quantile', () => {
    const sorted = Float64Array.of(1, 2, 4, 8);
    expect([0, 0.5, 0.75, 1].map((p) => quantileOfSorted(sorted, p))).toEqual([1, 3, 5, 8]);
    expect(quantileOfSorted(new Float64Array(), 0.5)).toBeNaN();
  });
});
