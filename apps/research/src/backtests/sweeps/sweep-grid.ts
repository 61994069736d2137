import { plateauScores, type CellGrid } from '@assay/quant';
import { gridSize } from '@assay/pipeline';
import type { SweptParam, ParamValue } from '@assay/contracts';

/** Cells of a whole grid that are laid out, numbered or enumerated. */
export const MOST_GRID_CELLS = 1_000_000;

/** Rows of a sweep at their places on the grid. */
export interface PlacedRows {
  grid: CellGrid;
  /** Per axis its values: numbers ascending, texts and booleans in the order of the request. */
  axes: ParamValue[][];
  /** Row at each cell of the grid. */
  rowAt: Uint32Array;
}

/**
 * Finds the places of rows by their parameter values; they may be in any order and need not be all cells.
 *
 * @param rows one array per row that begins with the values of the parameters
 * @throws Error when a value is none of the parameter's, or two rows are at one place
 */
export function placeRows(params: readonly SweptParam[], rows: readonly (ParamValue | null)[][]): PlacedRows {
  const axes = params.map(({ values }) =>
    typeof values[0] === 'number' ? (values as number[]).slice().sort((a, b) => a - b) : values.slice(),
  );
  const ranks = axes.map((values) => new Map<ParamValue | null, number>(values.map((value, rank) => [value, rank])));
  const places = rows.map((row) =>
    axes.reduce((place, values, axis) => {
      const rank = ranks[axis]!.get(row[axis]!);
      if (rank === undefined) throw new Error(`${String(row[axis])} is no value of ${params[axis]!.path}`);
      return place * values.length + rank;
    }, 0),
  );
  const rowAt = Uint32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!);
  const positions = Uint32Array.from(rowAt, (row) => places[row]!);
  for (let cell = 1; cell < positions.length; cell++)
    if (positions[cell] === positions[cell - 1])
      throw new Error(`rows ${rowAt[cell - 1]} and ${rowAt[cell]} are one cell`);
  const shape = axes.map((values) => ({
    size: values.length,
    kind: typeof values[0] === 'number' ? ('ordered' as const) : ('categorical' as const),
  }));
  return { grid: { axes: shape, positions }, axes, rowAt };
}

/** A column in the order of the rows, brought into the order of the cells. */
export const byCell = ({ rowAt }: PlacedRows, column: Float64Array): Float64Array =>
  Float64Array.from(rowAt, (row) => column[row]!);

/** Whether a grid is small enough for the neighbours of its cells to be laid out, existing or not. */
export const hasPlateaus = (params: readonly SweptParam[]): boolean => gridSize(params) <= MOST_GRID_CELLS;

/** Plateau score of every row. */
export function plateauOfRows(placed: PlacedRows, metric: Float64Array): Float64Array {
  const scores = new Float64Array(metric.length);
  if (metric.length === 0) return scores;
  plateauScores(placed.grid, byCell(placed, metric)).forEach((score, cell) => (scores[placed.rowAt[cell]!] = score));
  return scores;
}
