import { conditionalValueAtRisk, valueAtRisk } from './value-at-risk';

describe('value at risk', () => {
  it('interpolates quantiles linearly', () => {
    const returns = Float64Array.from({ length: 21 }, (_, i) => (20 - i) / 100 - 0.1);
    expect(valueAtRisk(returns, 0.95)).toBeCloseTo(-0.09, 12);
    expect(conditionalValueAtRisk(returns, 0.95)).toBeCloseTo(-0.095, 12);
  });
});
