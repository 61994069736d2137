import { cellAtPosition, cellCount, checkCellGrid, gridOfColumns, partialGrid, positionCount } from './cell-grid';

/** fast 1..4 x slow 2..4, fast < slow only. */
const fast = Float64Array.of(1, 1, 1, 2, 2, 3);
const slow = Float64Array.of(2, 3, 4, 3, 4, 4);
const axes = [Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 3, 4)];

describe('a grid of cells', () => {
  it('is found from the parameter values of its cells, without those that are excluded', () => {
    const grid = gridOfColumns(axes, [fast, slow]);
    expect([...grid.positions!]).toEqual([0, 1, 2, 4, 5, 8]);
    expect([positionCount(grid), cellCount(grid)]).toEqual([12, 6]);
    expect([0, 2, 3, 4, 8, 11].map((position) => cellAtPosition(grid, position))).toEqual([0, 2, -1, 3, 5, -1]);
  });

  it('needs no positions when every cell exists', () => {
    const grid = gridOfColumns(
      [Float64Array.of(5, 7), Float64Array.of(0.1)],
      [Float64Array.of(5, 7), Float64Array.of(0.1, 0.1)],
    );
    expect(grid.positions).toBeUndefined();
    expect(cellCount(grid)).toBe(2);
    expect(cellAtPosition(grid, 1)).toBe(1);
  });

  it('may hold some of the cells of another', () => {
    const grid = gridOfColumns(axes, [fast, slow]);
    expect([...partialGrid(grid, Uint32Array.of(1, 4)).positions!]).toEqual([1, 5]);
    expect([...partialGrid({ axes: grid.axes }, Uint32Array.of(1, 4)).positions!]).toEqual([1, 4]);
  });

  it.each([
    [{ axes: [] }, 'axes must be at least 1, was 0'],
    [{ axes: [{ size: 2 }, { size: 0 }] }, 'size of axis 1 must be an integer of at least 1, was 0'],
    [
      { axes: [{ size: 2 ** 17 }, { size: 2 ** 16 }] },
      'product of the axes must be at most 4294967296, was 8589934592',
    ],
    [{ axes: [{ size: 3 }], positions: Uint32Array.of(0, 3) }, 'position of cell 1 must be above 0 and below 3, was 3'],
    [{ axes: [{ size: 3 }], positions: Uint32Array.of(1, 1) }, 'position of cell 1 must be above 1 and below 3, was 1'],
  ])('refuses %j', (grid, message) => expect(() => checkCellGrid(grid)).toThrow(message));

  it('refuses a value that is not on its axis, and cells out of order', () => {
    expect(() => gridOfColumns([Float64Array.of(1, 2)], [Float64Array.of(1, 3)])).toThrow(
      'value of cell 1 must be on axis 0 of the grid, was 3',
    );
    expect(() => gridOfColumns([Float64Array.of(1, 2)], [Float64Array.of(2, 1)])).toThrow(
      'position of cell 1 must be above 1 and below 2, was 0',
    );
  });
});
