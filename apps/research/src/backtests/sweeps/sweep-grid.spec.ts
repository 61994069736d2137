import { byCell, placeRows, plateauOfRows } from './sweep-grid';

const params = [
  { path: 'a', values: [3, 1, 2] },
  { path: 'b', values: ['x', 'y'] },
];

describe('rows placed on their grid', () => {
  it('stand at ascending numbers and at texts in the order of the request', () => {
    const placed = placeRows(params, [
      [3, 'y', 0.1],
      [1, 'x', 0.2],
      [2, 'y', 0.3],
    ]);
    expect(placed.axes).toEqual([
      [1, 2, 3],
      ['x', 'y'],
    ]);
    expect(placed.grid.axes).toEqual([
      { size: 3, kind: 'ordered' },
      { size: 2, kind: 'categorical' },
    ]);
    expect([...placed.grid.positions!]).toEqual([0, 3, 5]);
    expect([...placed.rowAt]).toEqual([1, 2, 0]);
    expect([...byCell(placed, Float64Array.of(10, 20, 30))]).toEqual([20, 30, 10]);
  });

  it('refuse an unknown value and a cell that is there twice', () => {
    expect(() => placeRows(params, [[4, 'x']])).toThrow('4 is no value of a');
    expect(() =>
      placeRows(params, [
        [1, 'x'],
        [2, 'x'],
        [1, 'x'],
      ]),
    ).toThrow('rows 0 and 2 are one cell');
  });

  it('have the plateau scores of their neighbours by value, in the order of the rows', () => {
    // by value 1, 2, 3, 4 the metric is 0, 3, 6, 9: an inner cell has the mean of three, the rim lacks one
    const one = [{ path: 'a', values: [4, 2, 1, 3] }];
    const scores = plateauOfRows(placeRows(one, [[4], [2], [1], [3]]), Float64Array.of(9, 3, 0, 6));
    // rim at 4: the missing neighbour counts min(mean 4.5, its neighbour 6) = 4.5
    expect([...scores]).toEqual([(9 + 6 + 4.5) / 3, 3, 0, 6]);
  });

  it('may be none', () => {
    expect(plateauOfRows(placeRows(params, []), new Float64Array(0))).toHaveLength(0);
  });
});
