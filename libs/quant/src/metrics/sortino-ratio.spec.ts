import { sortinoRatio } from './sortino-ratio';

describe('the Sortino ratio', () => {
  it('divides the downside by all observations', () => {
    expect(sortinoRatio(Float64Array.of(0.02, -0.01, 0.02, 0.01), 1)).toBeCloseTo(0.01 / 0.005, 12);
  });
});
