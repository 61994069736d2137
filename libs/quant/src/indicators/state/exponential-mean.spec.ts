import { exponentialMeanSize, exponentialMeanStep, seedMean } from './exponential-mean';

const over = (x: number[], seed: number, alpha: number): number[] => {
  const state = new Float64Array(exponentialMeanSize);
  return x.map((value) => exponentialMeanStep(state, 0, seed, alpha, value));
};

it('starts from the simple mean, then goes the share alpha of the way', () => {
  expect(over([2, 4, 6, 8, 4], 3, 0.5)).toEqual([NaN, NaN, 4, 6, 5]);
  expect(over([2, 6], 1, 0.25)).toEqual([2, 3]);
});

it('starts afresh after a missing value', () => {
  expect(over([2, 4, NaN, 6, 8, 9], 2, 0.5)).toEqual([NaN, 3, NaN, NaN, 7, 8]);
  expect(over([2, Infinity, 6], 1, 0.5)).toEqual([2, NaN, 6]);
});

it('keeps a constant series exact', () => {
  expect(over(Array<number>(9).fill(0.1), 3, 0.3).slice(2)).toEqual(Array(7).fill(0.1));
});

it('has the same seed over a column', () => {
  const x = [9, 0.1, 0.7, 0.2, 5];
  expect(seedMean(Float64Array.from(x), 1, 3)).toBe(over(x.slice(1), 3, 0.5)[2]);
});
