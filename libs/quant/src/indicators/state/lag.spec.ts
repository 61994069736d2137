import { lagSize, lagStep } from './lag';

it.each([1, 2, 5])('gives back what was pushed %d steps before', (window) => {
  const state = new Float64Array(1 + lagSize(window));
  const x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  expect(x.map((value) => lagStep(state, 1, window, value))).toEqual(x.map((_, i) => x[i - window] ?? NaN));
  expect(state[0]).toBe(0);
  expect([...state.subarray(3)].sort()).toEqual(x.slice(-window).sort());
});
