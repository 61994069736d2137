import type { ParamValue } from '@assay/contracts';
import { invalidField } from '@assay/primitives';
import { createCellSearch, type CellGrid, type GridAxis } from '@assay/quant';
import type { ParamCondition, SweepGrid } from './grid';

/** The cells of a grid as a search sees them, values in the order of the request. */
export function searchedGrid({ params, size, positionsOf }: SweepGrid): CellGrid {
  const axes = params.map(({ values, when }) => ({
    size: values.length,
    kind: typeof values[0] === 'number' ? ('ordered' as const) : ('categorical' as const),
    ...(when && { when: placesOf(params, when) }),
  }));
  const product = axes.reduce((count, axis) => count * axis.size, 1);
  if (product === size) return { axes };
  const positions = Uint32Array.from({ length: size }, (_, cell) =>
    positionsOf(cell).reduce((position, at, axis) => position * axes[axis]!.size + at, 0),
  );
  return { axes, positions };
}

/** A condition by places instead of paths and values. */
function placesOf(params: SweepGrid['params'], { path, among }: ParamCondition): NonNullable<GridAxis['when']> {
  const axis = params.findIndex((param) => param.path === path);
  const values = Array.from(params[axis]!.values as ArrayLike<ParamValue>);
  return { axis, among: among.map((value) => values.indexOf(value)) };
}

/** A search that does not go by what is found, so that every training window chooses among the same cells. */
export interface DrawnCells {
  samples: number;
  seed: number;
}

/**
 * Some cells of a grid, uniform and without replacement, ascending: the same seed gives the same.
 * @throws DomainError `validation_failed` for more samples than cells
 */
export function drawnCells(grid: SweepGrid, { samples, seed }: DrawnCells): Uint32Array {
  if (samples > grid.size) {
    const message = `samples must be at most the ${grid.size} cells of the grid, was ${samples}`;
    throw invalidField('samples', 'max', samples, message);
  }
  return createCellSearch(searchedGrid(grid), { method: 'random', samples, seed }).ask().sort();
}
