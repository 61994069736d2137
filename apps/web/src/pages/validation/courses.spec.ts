import { fanOf, figuresOf } from './courses';

describe('fanOf', () => {
  it('has a course a path', () => {
    const fan = fanOf({
      courses: {
        times: ['2020-01-02T00:00:00.000Z', '2020-01-03T00:00:00.000Z'],
        equity: [
          [1, 1.1],
          [1, null],
        ],
      },
    });
    expect(fan).toEqual({
      times: ['2020-01-02', '2020-01-03'],
      paths: [
        { name: 'Path 1', values: [1, 1.1] },
        { name: 'Path 2', values: [1, null] },
      ],
      valueName: 'Equity',
    });
  });

  it('draws nothing where the run has no courses', () => {
    expect(fanOf({ paths: [] })).toBeNull();
    expect(fanOf({ courses: { times: [], equity: [] } })).toBeNull();
  });
});

it('takes defined figures alone', () => {
  expect(figuresOf([{ a: 1 }, { a: null }, { a: 'x' }, null, { a: 2 }], 'a')).toEqual([1, 2]);
});
