import { CLEAR_LINE, withGaps } from './gaps';

describe('a line with gaps', () => {
  it('is clear from the last point before a gap on, and goes on behind it', () => {
    const values = [1, 2, null, null, 3, 4, null];
    const points = values.map((value, index) => ({ time: index * 1000, value }));
    expect(withGaps(points, CLEAR_LINE)).toEqual([
      { time: 0, value: 1 },
      { time: 1, value: 2, color: 'transparent' },
      { time: 2 },
      { time: 3 },
      { time: 4, value: 3 },
      { time: 5, value: 4, color: 'transparent' },
      { time: 6 },
    ]);
  });
});
