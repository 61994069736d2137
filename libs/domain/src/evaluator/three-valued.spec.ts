import { allOf, anyOf, FALSE, TRUE, UNKNOWN } from './three-valued';

const F = FALSE;
const T = TRUE;
const U = UNKNOWN;

it.each([
  [F, F, F, F],
  [F, T, F, T],
  [T, F, F, T],
  [T, T, T, T],
  [U, F, F, U],
  [F, U, F, U],
  [U, T, U, T],
  [T, U, U, T],
  [U, U, U, U],
])('%d and, or %d is %d, %d', (a, b, and, or) => {
  expect([allOf([a, b], 0, 2), anyOf([a, b], 0, 2)]).toEqual([and, or]);
});

it('looks at the range it is given', () => {
  expect(allOf([F, T, T, U], 1, 3)).toBe(T);
  expect(anyOf([T, F, F, T], 1, 3)).toBe(F);
});

it('of nothing is true for all, false for any', () => {
  expect([allOf([], 0, 0), anyOf([], 0, 0)]).toEqual([T, F]);
});

it('tells three values apart', () => {
  expect(new Set([F, T, U]).size).toBe(3);
});
