import { comparedCurves, curvesOf, drawdownOf } from './curve';

const points = (...values: (number | null)[]) => values.map((value, time) => ({ time, value }));

describe('drawdownOf', () => {
  it('counts from the highest value so far, the start included', () => {
    expect(drawdownOf(points(0.9, 1.2, 0.6, 1.2)).map(({ value }) => value)).toEqual([
      expect.closeTo(-0.1, 12),
      0,
      -0.5,
      0,
    ]);
  });

  it('leaves gaps as they are', () => {
    expect(drawdownOf(points(1.1, null, 0.55))).toEqual([
      { time: 0, value: 0 },
      { time: 1, value: null },
      { time: 2, value: -0.5 },
    ]);
  });
});

describe('curvesOf', () => {
  const point = (date: string, benchmark: number | null) => ({ date, equity: 1.1, buy_hold: 0.9, benchmark });

  it('has a benchmark only where there is one', () => {
    const names = (benchmark: number | null) => curvesOf([point('2024-01-02', benchmark)]).map(({ name }) => name);
    expect(names(null)).not.toContain('Benchmark');
    expect(names(1)).toContain('Benchmark');
  });

  it('stands at the stamp of the date', () => {
    expect(curvesOf([point('2024-01-02', null)])[0]!.points).toEqual([{ time: Date.UTC(2024, 0, 2), value: 1.1 }]);
  });
});

describe('runs over each other', () => {
  it('begin each with its own first bar, their falls in the pane below', () => {
    const day = (date: string, equity: number) => ({ date: `2024-01-0${date}T00:00:00.000Z`, equity });
    const [a, b, fallOfA, fallOfB] = comparedCurves([
      { name: 'a', points: [day('1', 1), day('2', 1.2), day('3', 0.9)] },
      { name: 'b', points: [day('2', 0.8)] },
    ]);
    expect(a).toMatchObject({ name: 'a', points: [{ value: 1 }, { value: 1.2 }, { value: 0.9 }] });
    expect(b!.points).toEqual([{ time: Date.UTC(2024, 0, 2), value: 0.8 }]);
    expect(fallOfA).toMatchObject({
      name: 'Fall of a',
      pane: 1,
      points: [{ value: 0 }, { value: 0 }, { value: 0.9 / 1.2 - 1 }],
    });
    expect(fallOfB!.points[0]!.value).toBeCloseTo(-0.2);
  });
});
