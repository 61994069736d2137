import { invalid } from '@assay/primitives';

/**
 * Which cells of a grid: a half-open range of indices in grid order, or a list of indices in any order. A list is a typed
 * array, because two plain numbers could mean either.
 */
export type CellSelection = readonly [from: number, to: number] | Uint32Array;

/**
 * The selected indices in the order of the result; without a selection all of them.
 * @param size number of cells of the grid.
 * @throws DomainError `validation_failed` for an index that is none of the grid, or a range that ends before it begins.
 */
export function selectedCells(selection: CellSelection | undefined, size: number): Uint32Array {
  if (selection instanceof Uint32Array) {
    const outside = selection.findIndex((cell) => cell >= size);
    if (outside >= 0) throw noCell(`cells[${outside}]`, selection[outside]!, `be below ${size}`);
    return selection;
  }
  const [from, to] = selection ?? [0, size];
  if (!Number.isInteger(from) || from < 0 || from > to) throw noCell('cells[0]', from, `be from 0 to ${to}`);
  if (!Number.isInteger(to) || to > size) throw noCell('cells[1]', to, `be at most ${size}`);
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

function noCell(field: string, value: number, must: string): Error {
  return invalid([{ field, rule: 'cell_index', value, message: `${field} must ${must}, was ${value}` }]);
}
