import { CLEAR_LINE, lonePoints, withGaps } from './gaps';

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

  it('has a mark where a single value stands between two gaps, or at an end beside one', () => {
    const lone = (...values: (number | null)[]) =>
      lonePoints(values.map((value, index) => ({ time: index, value }))).map(({ time }) => time);
    expect(lone(1, 2, null, 3, null, 4, 5)).toEqual([3]);
    expect(lone(1, null, 2, 3, null, 4)).toEqual([0, 5]);
    expect(lone(0, null, null, 0, null)).toEqual([0, 3]);
    expect(lone(1)).toEqual([0]);
    expect(lone(1, 2, null)).toEqual([]);
  });
});
