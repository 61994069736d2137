import { binomialTail, lowerBound, upperBound } from './binomial-bound';

/** P(X <= k) by Pascal's rule, one try after the other. */
function tailByTries(k: number, n: number, p: number): number {
  let chances = [1];
  for (let i = 0; i < n; i++)
    chances = Array.from(
      { length: chances.length + 1 },
      (_, x) => (chances[x] ?? 0) * (1 - p) + (chances[x - 1] ?? 0) * p,
    );
  return chances.slice(0, k + 1).reduce((sum, chance) => sum + chance, 0);
}

describe('the bound of a share', () => {
  it('is the share at which so few successes are as rare as 5 %', () => {
    for (const [k, n] of [
      [0, 1],
      [1, 10],
      [3, 20],
      [18, 400],
      [399, 400],
    ])
      expect(tailByTries(k, n, upperBound(k, n))).toBeCloseTo(0.05, 10);
  });

  it('has its closed form without a success, and is 1 where all succeed', () => {
    expect(upperBound(0, 400)).toBeCloseTo(1 - 0.05 ** (1 / 400), 14);
    expect(upperBound(5, 5)).toBe(1);
    expect(lowerBound(5, 5)).toBeCloseTo(0.05 ** (1 / 5), 14);
    expect(lowerBound(0, 5)).toBe(0);
  });

  it('is that of the tables: 90 % intervals of 1 in 10 and 2 in 20', () => {
    expect([lowerBound(1, 10), upperBound(1, 10)].map((x) => x.toFixed(3))).toEqual(['0.005', '0.394']);
    expect([lowerBound(2, 20), upperBound(2, 20)].map((x) => x.toFixed(3))).toEqual(['0.018', '0.283']);
  });

  it('rests on a tail that does not underflow', () => {
    expect(binomialTail(2000, 4000, 0.5)).toBeCloseTo(tailByTries(2000, 4000, 0.5), 9);
    expect([binomialTail(3, 3, 0.9), binomialTail(0, 3, 0), binomialTail(2, 3, 1)]).toEqual([1, 1, 0]);
  });
});
