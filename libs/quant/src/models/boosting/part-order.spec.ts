import { fromBothEnds } from './part-order';

describe('fromBothEnds', () => {
  it.each([
    [[], []],
    [[7], [0]],
    [
      [1, 9, 4, 6, 2],
      [1, 2, 0, 4, 3],
    ],
    [
      [5, 5, 8, 8],
      [2, 0, 1, 3],
    ],
  ])('has the largest of %j at both ends, equal ones in their order', (sizes, expected) => {
    expect(fromBothEnds(sizes.length, (i) => sizes[i])).toEqual(expected);
  });
});
