import { requireThat } from '../../errors/invalid-input';

/** One parameter of a grid. */
export interface GridAxis {
  /** Number of its values. */
  readonly size: number;
  /** `ordered` (default): values next to each other are alike. `categorical`: their order means nothing. */
  readonly kind?: 'ordered' | 'categorical';
  /** It decides something only where that earlier axis does and has one of these indices; elsewhere its cells have index 0. */
  readonly when?: { readonly axis: number; readonly among: readonly number[] };
}

/** The cells of a sweep: the product of its axes with the last axis fastest, or a part of it. */
export interface CellGrid {
  readonly axes: readonly GridAxis[];
  /** Position in the product of every cell that exists, strictly ascending; all positions when absent. */
  readonly positions?: Uint32Array;
}

/** Which end of a metric is good: the Sharpe ratio's `highest`, the drawdown's `lowest`. */
export type MetricDirection = 'highest' | 'lowest';

const MOST_POSITIONS = 2 ** 32;

/** Number of positions in the product of the axes, whether or not a cell is there. */
export function positionCount({ axes }: CellGrid): number {
  return axes.reduce((count, { size }) => count * size, 1);
}

/** Number of cells that exist. */
export function cellCount(grid: CellGrid): number {
  return grid.positions?.length ?? positionCount(grid);
}

/** How far apart in the product two neighbours along each axis are. */
export function axisStrides(axes: readonly GridAxis[]): Float64Array {
  const strides = new Float64Array(axes.length);
  for (let axis = axes.length - 1, stride = 1; axis >= 0; stride *= axes[axis--].size) strides[axis] = stride;
  return strides;
}

/** Index of a position along one axis. */
export const coordinateOf = (position: number, stride: number, size: number): number =>
  Math.floor(position / stride) % size;

/** Whether an axis decides anything in a cell with these indices: every condition on the way to it holds. */
export function isActive(axes: readonly GridAxis[], axis: number, indexOf: (axis: number) => number): boolean {
  for (let { when } = axes[axis]; when !== undefined; when = axes[when.axis].when)
    if (!when.among.includes(indexOf(when.axis))) return false;
  return true;
}

/** The cell at a position of the product, -1 where none exists. O(log cells). */
export function cellAtPosition({ positions }: CellGrid, position: number): number {
  if (positions === undefined) return position;
  const place = firstAtLeast(positions, position);
  return place < positions.length && positions[place] === position ? place : -1;
}

function firstAtLeast(ascending: Uint32Array | Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Throws InvalidInputError when an axis, the size of the product or the positions are not as `CellGrid` says. */
export function checkCellGrid(grid: CellGrid): void {
  const { axes, positions } = grid;
  requireThat(axes.length > 0, 'axes', 'at least 1', axes.length);
  axes.forEach(({ size, when }, axis) => {
    requireThat(Number.isInteger(size) && size >= 1, `size of axis ${axis}`, 'an integer of at least 1', size);
    if (when === undefined) return;
    const earlier = Number.isInteger(when.axis) && when.axis >= 0 && when.axis < axis;
    requireThat(earlier, `condition of axis ${axis}`, 'on an earlier axis', when.axis);
  });
  const product = positionCount(grid);
  requireThat(product <= MOST_POSITIONS, 'product of the axes', `at most ${MOST_POSITIONS}`, product);
  if (positions === undefined) return;
  for (let cell = 0, before = -1; cell < positions.length; before = positions[cell++])
    if (positions[cell] <= before || positions[cell] >= product)
      requireThat(false, `position of cell ${cell}`, `above ${before} and below ${product}`, positions[cell]);
}

/** Throws InvalidInputError unless the metric has one value per cell of a well-formed grid. */
export function checkMetric(grid: CellGrid, metric: Float64Array): void {
  checkCellGrid(grid);
  const cells = cellCount(grid);
  requireThat(metric.length === cells, 'length of the metric', `the number of cells ${cells}`, metric.length);
}

/** The grid in which only some of its cells exist: those a sampled search has evaluated. `cells` strictly ascending. */
export function partialGrid({ axes, positions }: CellGrid, cells: Uint32Array): CellGrid {
  return { axes, positions: positions === undefined ? cells : cells.map((cell) => positions[cell]) };
}

/**
 * The grid of cells given by their parameter values.
 * @param axes The values of each parameter, strictly ascending.
 * @param columns One column per parameter: its value in every cell, cells in grid order.
 * @throws InvalidInputError when a cell has a value that its axis has not, or when the cells are not in grid order.
 */
export function gridOfColumns(axes: readonly Float64Array[], columns: readonly Float64Array[]): CellGrid {
  const grid: CellGrid = { axes: axes.map(({ length }) => ({ size: length })) };
  const cells = columns[0]?.length ?? 0;
  const strides = axisStrides(grid.axes);
  const positions = new Uint32Array(cells);
  axes.forEach((values, axis) => {
    let place = 0;
    for (let cell = 0; cell < cells; cell++) {
      const value = columns[axis][cell];
      // mostly the value of the cell before or the next one
      if (values[place] !== value && values[++place] !== value) place = firstAtLeast(values, value);
      if (values[place] !== value) requireThat(false, `value of cell ${cell}`, `on axis ${axis} of the grid`, value);
      positions[cell] += place * strides[axis];
    }
  });
  const located = { ...grid, positions };
  checkCellGrid(located);
  return cells === positionCount(grid) ? grid : located;
}
