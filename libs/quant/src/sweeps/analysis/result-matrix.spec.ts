import type { CellGrid } from './cell-grid';
import { resultMatrix } from './result-matrix';

/** 2 x 3 x 2, metric = 100 a + 10 b + c. */
const cube: CellGrid = { axes: [{ size: 2 }, { size: 3 }, { size: 2 }] };
const metric = Float64Array.of(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);

describe('result matrix', () => {
  it.each([
    ['max', [1, 11, 21, 101, 111, 121]],
    ['min', [0, 10, 20, 100, 110, 120]],
    ['mean', [0.5, 10.5, 20.5, 100.5, 110.5, 120.5]],
    [{ at: [9, 9, 1] }, [1, 11, 21, 101, 111, 121]],
    [{ at: [0, 0, 0] }, [0, 10, 20, 100, 110, 120]],
  ] as const)('shows two axes with the third reduced by %j', (reduction, values) => {
    const matrix = resultMatrix(cube, metric, { rows: 0, columns: 1 }, reduction);
    expect([matrix.rows, matrix.columns]).toEqual([2, 3]);
    expect([...matrix.values]).toEqual(values);
  });

  it('takes the axes in any order', () => {
    const { rows, columns, values } = resultMatrix(cube, metric, { rows: 2, columns: 0 }, 'max');
    expect([rows, columns, ...values]).toEqual([2, 2, 20, 120, 21, 121]);
  });

  it('skips undefined cells and has NaN where no cell is', () => {
    const positions = Uint32Array.of(0, 1, 2, 11);
    const some = resultMatrix(
      { ...cube, positions },
      Float64Array.of(NaN, 4, -3, NaN),
      { rows: 0, columns: 1 },
      'mean',
    );
    expect([...some.values]).toEqual([4, -3, NaN, NaN, NaN, NaN]);
    const max = resultMatrix({ ...cube, positions }, Float64Array.of(-5, NaN, -3, 2), { rows: 0, columns: 1 }, 'max');
    expect([...max.values]).toEqual([-5, -3, NaN, NaN, NaN, 2]);
  });

  it.each([
    [{ rows: 3, columns: 0 }, 'max', 'rows must be an axis from 0 to 2, was 3'],
    [{ rows: 0, columns: -1 }, 'max', 'columns must be an axis from 0 to 2, was -1'],
    [{ rows: 1, columns: 1 }, 'max', 'columns must be another axis than rows 1, was 1'],
    [{ rows: 0, columns: 1 }, { at: [0, 0] }, 'length of at must be the number of axes 3, was 2'],
    [{ rows: 0, columns: 1 }, { at: [0, 0, 2] }, 'at 2 must be an index from 0 to 1, was 2'],
  ] as const)('refuses %j by %j', (axes, reduction, message) =>
    expect(() => resultMatrix(cube, metric, axes, reduction)).toThrow(message),
  );
});
