import { firstMissing, firstPresent, fromNullable, isMissing, logReturns, simpleReturns, toNullable } from './index';

describe('series', () => {
  it('treats NaN and infinities as missing, zero and negatives as values', () => {
    expect([NaN, Infinity, -Infinity, 0, -0, -3].map(isMissing)).toEqual([true, true, true, false, false, false]);
  });

  it('finds the ends of runs at every offset', () => {
    for (let gap = 0; gap < 11; gap++) {
      const a = Float64Array.from({ length: 11 }, (_, i) => (i === gap ? NaN : i));
      const b = new Float64Array(11);
      expect(firstMissing([b, a], 0, 11)).toBe(gap);
      expect(firstMissing([b, a], gap + 1, 11)).toBe(11);
      expect(firstPresent([b, a], gap, 11)).toBe(Math.min(gap + 1, 11));
    }
    expect(firstMissing([new Float64Array(0)], 0, 0)).toBe(0);
  });

  it('gives no return on the first bar, over a gap, or from a zero base', () => {
    expect([...simpleReturns(Float64Array.of(100, 110, NaN, 5, 0, 7))]).toEqual([
      NaN,
      110 / 100 - 1,
      NaN,
      NaN,
      -1,
      NaN,
    ]);
    expect([...logReturns(Float64Array.of(1, Math.E, -1))]).toEqual([NaN, 1, NaN]);
    expect(simpleReturns(new Float64Array(0))).toHaveLength(0);
  });

  it('round-trips missing values through null', () => {
    const series = Float64Array.of(1, NaN, -0.5);
    expect(toNullable(series)).toEqual([1, null, -0.5]);
    expect(fromNullable(toNullable(series))).toEqual(series);
  });
});
