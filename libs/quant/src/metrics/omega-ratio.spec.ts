import { omegaRatio } from './omega-ratio';

describe('the Omega ratio', () => {
  it('converts its threshold geometrically', () => {
    const threshold = 1.1 ** (1 / 12) - 1;
    const returns = Float64Array.of(threshold + 0.03, threshold - 0.01);
    expect(omegaRatio(returns, 12, 0.1)).toBeCloseTo(3, 9);
  });
});
