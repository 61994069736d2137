import { levelsBetween, spread, timeMarks } from './scale';

describe('the scale of a picture', () => {
  it.each<[number, number, number[]]>([
    [0, 1, [0, 0.5, 1]],
    [0.93, 1.31, [1, 1.1, 1.2, 1.3]],
    [-0.35, 0, [-0.3, -0.2, -0.1, 0]],
    [98.2, 1480, [500, 1000]],
    [-1, 3, [-1, 0, 1, 2, 3]],
  ])('has round levels between %d and %d', (low, high, levels) => expect(levelsBetween(low, high)).toEqual(levels));

  it('has two ends, also of one value and of none', () => {
    expect([spread([3, 1, 2]), spread([5]), spread([0])]).toEqual([[1, 3], [4, 6], [-1, 1]]); // prettier-ignore
  });

  it('has them apart where a step of 1 is lost, and levels where their distance is beyond all numbers', () => {
    const [low, high] = spread([1e17]);
    expect([low < 1e17, high > 1e17]).toEqual([true, true]);
    expect(levelsBetween(low, high).every(Number.isFinite)).toBe(true);
    expect(levelsBetween(-1e308, 1e308)).toEqual([-1e308, 0, 1e308]);
  });

  it('names as many times as there is room for, the first and the last always', () => {
    const days = Array.from({ length: 101 }, (_, i) => `day ${i}`);
    const xOf = (i: number): number => 64 + i * 6.48;
    expect(timeMarks(days, xOf).map(({ text, anchor }) => [text, anchor])).toEqual([
      ['day 0', 'start'],
      ['day 25', 'middle'],
      ['day 50', 'middle'],
      ['day 75', 'middle'],
      ['day 100', 'end'],
    ]);
    const long = days.map((day) => `${day} at 14:30 UTC`);
    expect(timeMarks(long, xOf).map(({ text }) => text.split(' at')[0])).toEqual(['day 0', 'day 50', 'day 100']);
    // what lies close to the one before it, or to the last, has no text
    const steps = [64, 80, 100, 640, 712];
    expect(timeMarks(['a', 'b', 'c', 'd', 'e'], (i) => steps[i]!).map(({ text }) => text)).toEqual(['a', 'e']);
    expect(timeMarks(['a', 'b'], (i) => 64 + i * 648).map(({ text }) => text)).toEqual(['a', 'b']);
  });
});
