import { keptBars } from './thinned';

describe('the bars that are kept for a picture', () => {
  it('are all of a few', () => expect(keptBars([[3, 1, 2]], 2)).toEqual([0, 1, 2]));

  it('are of many the ends, and of each stretch those where a column is lowest and highest', () => {
    const column = Array.from({ length: 40 }, () => 1);
    column[7] = 9; // the peak
    column[13] = -4; // the fall
    const other = column.map(() => NaN);
    other[31] = 2;
    // stretches of ten: flat ones keep their first
    expect(keptBars([column, other], 4)).toEqual([0, 7, 10, 13, 20, 30, 31, 39]);
  });

  it('are none of none', () => expect(keptBars([[]], 4)).toEqual([]));
});
