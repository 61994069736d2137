import { pathCourses } from './path-courses';

const time = (bar: number): string => `t${bar}`;

describe('pathCourses', () => {
  it('compounds from 1 at every bar of a short run', () => {
    expect(pathCourses([Float64Array.of(0.5, -0.5), Float64Array.of(0, 0.25)], 252, time)).toEqual({
      times: ['t252', 't253'],
      equity: [
        [1.5, 0.75],
        [1, 1.25],
      ],
    });
  });

  it('keeps at most 250 bars, the last one always, at the value that all bars give', () => {
    const path = Float64Array.from({ length: 4853 }, (_, bar) => 0.001 * Math.sin(bar));
    const { times, equity } = pathCourses([path], 252, time);
    expect(times.length).toBeLessThanOrEqual(250);
    expect(times).toHaveLength(equity[0]!.length);
    expect(times.at(-1)).toBe(`t${252 + 4852}`);
    expect(equity[0]!.at(-1)).toBeCloseTo(
      path.reduce((value, r) => value * (1 + r), 1),
      12,
    );
  });

  it('is empty without paths', () => expect(pathCourses([], 0, time)).toEqual({ times: [], equity: [] }));
});
