import { requireThat } from '../../errors/invalid-input';
import { axisStrides, checkMetric, coordinateOf, type CellGrid } from './cell-grid';

/**
 * What stands for all cells that share a row and a column: the highest, the lowest, the mean of the defined ones, or the
 * cell `at` these indices (one per axis; those of the two axes shown are ignored).
 */
export type MatrixReduction = 'max' | 'min' | 'mean' | { readonly at: readonly number[] };

export interface MatrixAxes {
  /** Axis whose values are the rows. */
  readonly rows: number;
  /** Axis whose values are the columns. */
  readonly columns: number;
}

export interface ResultMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; NaN where no cell exists or none is defined. */
  readonly values: Float64Array;
}

/**
 * A metric over two axes of its grid, for heatmaps.
 * @param metric One value per cell; NaN is undefined.
 * @throws InvalidInputError when an axis is not one of the grid, both are the same, an index of `at` is not on its axis, or the
 * metric does not fit the grid.
 */
export function resultMatrix(
  grid: CellGrid,
  metric: Float64Array,
  shown: MatrixAxes,
  reduction: MatrixReduction,
): ResultMatrix {
  checkMetric(grid, metric);
  checkAxes(grid, shown, reduction);
  const { axes, positions } = grid;
  const strides = axisStrides(axes);
  const rows = axes[shown.rows].size;
  const columns = axes[shown.columns].size;
  const values = new Float64Array(rows * columns).fill(NaN);
  const counts = reduction === 'mean' ? new Float64Array(rows * columns) : null;
  const slice = typeof reduction === 'object' ? reduction.at : null;
  for (let cell = 0; cell < metric.length; cell++) {
    const value = metric[cell];
    if (value !== value) continue;
    const position = positions === undefined ? cell : positions[cell];
    if (slice !== null && !onSlice(position, slice)) continue;
    const row = coordinateOf(position, strides[shown.rows], rows);
    const at = row * columns + coordinateOf(position, strides[shown.columns], columns);
    const held = values[at];
    if (held !== held) values[at] = value;
    else if (counts !== null) values[at] = held + value;
    else values[at] = reduction === 'min' ? Math.min(held, value) : Math.max(held, value);
    if (counts !== null) counts[at] += 1;
  }
  if (counts !== null) for (let at = 0; at < values.length; at++) values[at] /= counts[at];
  return { rows, columns, values };

  function onSlice(position: number, at: readonly number[]): boolean {
    return axes.every(
      ({ size }, axis) =>
        axis === shown.rows || axis === shown.columns || coordinateOf(position, strides[axis], size) === at[axis],
    );
  }
}

function checkAxes({ axes }: CellGrid, { rows, columns }: MatrixAxes, reduction: MatrixReduction): void {
  const isIndex = (index: number, size: number): boolean => Number.isInteger(index) && index >= 0 && index < size;
  requireThat(isIndex(rows, axes.length), 'rows', `an axis from 0 to ${axes.length - 1}`, rows);
  requireThat(isIndex(columns, axes.length), 'columns', `an axis from 0 to ${axes.length - 1}`, columns);
  requireThat(rows !== columns, 'columns', `another axis than rows ${rows}`, columns);
  if (typeof reduction === 'string') return;
  const { at } = reduction;
  requireThat(at.length === axes.length, 'length of at', `the number of axes ${axes.length}`, at.length);
  axes.forEach(({ size }, axis) => {
    if (axis !== rows && axis !== columns)
      requireThat(isIndex(at[axis], size), `at ${axis}`, `an index from 0 to ${size - 1}`, at[axis]);
  });
}
