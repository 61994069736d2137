import { maxDrawdown, maxDrawdownDurationBars } from './max-drawdown';

describe('the deepest drawdown', () => {
  it('counts the start as a peak and never exceeds 1', () => {
    expect(maxDrawdown(Float64Array.of(-0.2, 0.1))).toBeCloseTo(0.2, 12);
    expect(maxDrawdown(Float64Array.of(0.5, -1.4, 3))).toBe(1);
  });

  it('lasts to the end where it is not recovered', () => {
    expect(maxDrawdownDurationBars(Float64Array.of(-0.2, 0.1, 0.1))).toBe(3);
  });
});
