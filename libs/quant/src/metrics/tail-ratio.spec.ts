import { tailRatio } from './tail-ratio';

describe('the tail ratio', () => {
  it('is 1 where both tails are alike', () => {
    const returns = Float64Array.from({ length: 21 }, (_, i) => (20 - i) / 100 - 0.1);
    expect(tailRatio(returns)).toBeCloseTo(1, 12);
  });

  it('of a lower quantile that is 0 up to rounding is undefined', () => {
    expect(tailRatio(Float64Array.of(0.018, 0.018, -0.002))).toBeNull();
  });
});
