import { alpha, beta } from './beta-alpha';

describe('beta and alpha', () => {
  it('are 1 and 0 of a series against itself', () => {
    const returns = Float64Array.of(0.01, -0.02, 0.03);
    expect([beta(returns, returns), alpha(returns, returns, 252)]).toEqual([1, 0]);
    expect(() => beta(returns, returns.slice(1))).toThrow('benchmarkReturns must have 3 values like returns, had 2');
  });

  it('are slope and yearly intercept of a line', () => {
    const benchmark = Float64Array.of(0.01, -0.02, 0.03);
    const line = benchmark.map((x) => 0.001 + 2 * x);
    expect(beta(line, benchmark)).toBeCloseTo(2, 12);
    expect(alpha(line, benchmark, 252)).toBeCloseTo(0.252, 12);
  });
});
