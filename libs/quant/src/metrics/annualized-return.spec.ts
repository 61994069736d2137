import { annualizedReturn } from './annualized-return';

describe('the annualised return', () => {
  it('compounds the total return to a year', () => {
    expect(annualizedReturn(Float64Array.of(0.1, 0.1), 4)).toBeCloseTo(1.21 ** 2 - 1, 12);
    expect(annualizedReturn(Float64Array.of(0.1, 0.1, 0, 0), 2)).toBeCloseTo(0.1, 12);
  });

  it('of ruin is -1, and of no returns undefined', () => {
    expect(annualizedReturn(Float64Array.of(0.5, -1), 252)).toBe(-1);
    expect(annualizedReturn(new Float64Array(), 252)).toBeNull();
  });
});
