import { calmarRatio } from './calmar-ratio';

describe('the Calmar ratio', () => {
  it('annualises its numerator', () => {
    expect(calmarRatio(Float64Array.of(-0.5, 1.42), 4)).toBeCloseTo((1.21 ** 2 - 1) / 0.5, 12);
  });
});
