import { sharpeRatio } from './sharpe-ratio';

describe('the Sharpe ratio', () => {
  it('is mean over sample deviation, a year of them', () => {
    // mean 0.01, squared deviations 0.0001 each over 3
    expect(sharpeRatio(Float64Array.of(0.02, 0, 0.02, 0), 252)).toBeCloseTo(
      (0.01 / Math.sqrt(0.0004 / 3)) * Math.sqrt(252),
      12,
    );
  });
});
