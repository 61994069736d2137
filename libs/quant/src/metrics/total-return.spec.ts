import { equityCurve, totalReturn } from './total-return';

describe('the total return', () => {
  it('stays at -1 after ruin, and the equity at 0', () => {
    expect(totalReturn(Float64Array.of(0.5, -1.4, 3))).toBe(-1);
    expect([...equityCurve(Float64Array.of(0.5, -1.4, 3))]).toEqual([1.5, 0, 0]);
  });
});
