import { heatCells, heatRange, heatTable } from './heatmap';

describe('heatmap', () => {
  it('ranges over defined values, with room around a lone one', () => {
    expect(
      heatRange([
        [1, null],
        [NaN, -2],
      ]),
    ).toEqual({ min: -2, max: 1 });
    expect(heatRange([[null]])).toBeNull();
    const lone = heatRange([[5, 5]])!;
    expect(lone.min).toBeLessThan(5);
    expect(lone.max).toBeGreaterThan(5);
  });

  it('has cells row by row, without those that do not exist', () => {
    expect(
      heatCells([
        [1, null],
        [2, 3],
      ]),
    ).toEqual([
      [0, 0, 1],
      [0, 1, 2],
      [1, 1, 3],
    ]);
  });

  it('says the same as a table', () => {
    const data = {
      x: { name: 'a', values: ['1', '2'] },
      y: { name: 'b', values: ['10'] },
      values: [[0.5, null]],
      valueName: 'v',
    };
    expect(heatTable(data, String)).toEqual({ columns: ['b \\ a', '1', '2'], rows: [['10', '0.5', '–']] });
  });
});
