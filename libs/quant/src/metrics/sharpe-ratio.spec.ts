import { rollingSharpe, sharpeRatio } from './sharpe-ratio';

describe('the Sharpe ratio', () => {
  it('is mean over sample deviation, a year of them', () => {
    // mean 0.01, squared deviations 0.0001 each over 3
    expect(sharpeRatio(Float64Array.of(0.02, 0, 0.02, 0), 252)).toBeCloseTo(
      (0.01 / Math.sqrt(0.0004 / 3)) * Math.sqrt(252),
      12,
    );
  });

  it('rolls over trailing windows', () => {
    const returns = Float64Array.of(0.01, -0.02, 0.03, 0.03, 0.03);
    const rolled = rollingSharpe(returns, 3, 252);
    expect([...rolled.slice(0, 2)]).toEqual([NaN, NaN]);
    expect(rolled[3]).toBe(sharpeRatio(returns.subarray(1, 4), 252));
    expect(rolled[4]).toBeNaN();
    expect(() => rollingSharpe(returns, 1, 252)).toThrow('window must be an integer of at least 2, was 1');
  });
});
