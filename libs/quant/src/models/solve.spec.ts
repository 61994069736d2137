import { createRng } from '../random';
import { factorise, solvePositiveDefinite } from './solve';

it('solves a system that is worked out by hand', () => {
  // 4x + 2y = 8, 2x + 3y = 10
  const x = solvePositiveDefinite(Float64Array.of(4, 2, 2, 3), Float64Array.of(8, 10), 2);
  expect(x[0]).toBeCloseTo(0.5, 12);
  expect(x[1]).toBeCloseTo(3, 12);
});

it('has the factors of LDL, and reads the lower triangle only', () => {
  const { lower, pivots } = factorise(Float64Array.of(4, NaN, 2, 3), 2);
  expect([...pivots]).toEqual([4, 2]);
  expect(lower[2]).toBe(0.5);
});

it('gives a direction that the matrix does not determine no step', () => {
  // both rows say x + y = 2
  const x = solvePositiveDefinite(Float64Array.of(1, 1, 1, 1), Float64Array.of(2, 2), 2);
  expect([...x]).toEqual([2, 0]);
  expect([...solvePositiveDefinite(new Float64Array(4), Float64Array.of(1, 1), 2)]).toEqual([0, 0]);
});

it('takes a pivot of rounding for none', () => {
  const { pivots } = factorise(Float64Array.of(1, 1, 1, 1 + 1e-14), 2);
  expect([...pivots]).toEqual([1, 0]);
});

it('satisfies any system A A^T x = b', () => {
  const rng = createRng('solve');
  for (const n of [1, 3, 8]) {
    const a = Float64Array.from({ length: n * n }, () => rng.normal());
    const square = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) square[i * n + j] += a[i * n + k] * a[j * n + k];
    const b = Float64Array.from({ length: n }, () => rng.normal());
    const x = solvePositiveDefinite(square, b, n);
    for (let i = 0; i < n; i++) {
      let found = 0;
      for (let j = 0; j < n; j++) found += square[i * n + j] * x[j];
      expect(found).toBeCloseTo(b[i], 8);
    }
  }
});
