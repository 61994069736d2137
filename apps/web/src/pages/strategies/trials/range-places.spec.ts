import { placeOf } from './range-places';

describe('the place of a number of trials', () => {
  it('is by ratio, within the line', () => {
    expect([1, 10, 100].map((n) => placeOf(n, 100))).toEqual([0, 0.5, 1]);
    expect([0.5, 1000].map((n) => placeOf(n, 100))).toEqual([0, 1]);
    expect(placeOf(1, 1)).toBe(0);
  });
});
