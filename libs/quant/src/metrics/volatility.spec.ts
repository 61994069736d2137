import { volatility } from './volatility';

describe('volatility', () => {
  it('is the sample deviation, scaled by the root of the periods', () => {
    expect(volatility(Float64Array.of(0.02, 0, 0.02, 0), 4)).toBeCloseTo(2 * Math.sqrt(0.0004 / 3), 12);
  });

  it('of constant returns is exactly 0, of one return undefined', () => {
    expect(volatility(new Float64Array(7).fill(0.1), 252)).toBe(0);
    expect(volatility(Float64Array.of(0.1), 252)).toBeNull();
  });
});
