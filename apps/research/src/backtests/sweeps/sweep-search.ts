import type { SweepGrid } from '@assay/pipeline';
import { createCellSearch, topCells, type CellGrid, type MetricDirection } from '@assay/quant';
import type { RankedBy, SweepFigures, SweepSearch } from './sweep-payload';

/** The figure behind what cells are ranked by: a cell alone has no plateau, so there it is the Sharpe ratio. */
export const figureOf = (by: RankedBy): keyof SweepFigures => (by === 'plateau' ? 'sharpe' : by);

/** A drawdown is a positive fraction: the lowest is the best. */
export const directionOf = (by: RankedBy): MetricDirection => (by === 'max_drawdown' ? 'lowest' : 'highest');

/** The cells of a grid as a search sees them, values in the order of the request. */
export function searchGrid({ params, size, positionsOf }: SweepGrid): CellGrid {
  const axes = params.map(({ values }) => ({
    size: values.length,
    kind: typeof values[0] === 'number' ? ('ordered' as const) : ('categorical' as const),
  }));
  const product = axes.reduce((count, axis) => count * axis.size, 1);
  if (product === size) return { axes };
  const positions = Uint32Array.from({ length: size }, (_, cell) =>
    positionsOf(cell).reduce((position, at, axis) => position * axes[axis]!.size + at, 0),
  );
  return { axes, positions };
}

/** How many cells are evaluated in all. */
export const sampleCount = ({ samples }: SweepSearch, size: number): number => samples ?? size;

/**
 * The cells to evaluate next; none when the search is at its end.
 *
 * @param size cells that exist
 * @param grid of a search other than exhaustive
 * @param known the searched figure of the cells that were given so far, in their order; NaN where undefined
 */
export function nextCells(
  { method, samples, seed }: SweepSearch,
  by: RankedBy,
  size: number,
  grid: () => CellGrid,
  known: Float64Array,
): Uint32Array {
  if (method === 'exhaustive') return Uint32Array.from({ length: known.length === 0 ? size : 0 }, (_, cell) => cell);
  const direction = directionOf(by);
  const search = createCellSearch(grid(), { method, samples: samples!, seed: seed!, direction });
  for (let at = 0; ;) {
    const cells = search.ask();
    if (at === known.length) return cells;
    search.tell(known.slice(at, at + cells.length));
    at += cells.length;
  }
}

/** Rows by a figure, best first, without the undefined. */
export function rankedRows(metric: Float64Array, most: number, direction: MetricDirection = 'highest'): number[] {
  if (metric.length === 0) return [];
  return [...topCells(metric, Math.min(most, metric.length), direction)].filter((row) => !Number.isNaN(metric[row]!));
}
