import { isBar } from './bar-range';

describe('prices of a bar', () => {
  it.each([
    [10, 11, 9, 10, true],
    [10, 10, 10, 10, true],
    [90.0000001, 90, 90, 90, true],
    [90, 90, 90, 89.99992, true],
    [90.0001, 90, 90, 90, false],
    [1, 1, 1, 2, false],
    [0, 1, 0, 1, false],
    [1, Infinity, 1, 1, false],
    [1, NaN, 1, 1, false],
  ])('open %d, high %d, low %d, close %d: %s', (open, high, low, close, expected) => {
    expect(isBar(open, high, low, close)).toBe(expected);
  });
});
