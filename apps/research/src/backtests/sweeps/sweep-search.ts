import { CV_FIGURES, type ParamCondition, type SweepGrid } from '@assay/pipeline';
import {
  betterOf,
  createCellSearch,
  topCells,
  type CellGrid,
  type CellSearch,
  type GridAxis,
  type MetricDirection,
} from '@assay/quant';
import type { ParamValue, RankedBy, SweepSearch, SweptMetric } from '@assay/contracts';

/** The figure behind what cells are ranked by: a cell alone has no plateau, so there it is the Sharpe ratio. */
export const figureOf = (by: RankedBy): (typeof CV_FIGURES)[number] | SweptMetric => (by === 'plateau' ? 'sharpe' : by);

const isFigure = (name: string): name is (typeof CV_FIGURES)[number] => CV_FIGURES.some((figure) => figure === name);

/** The metric that every cell needs beside the figures that all have; undefined where they are enough. */
export function metricOf(by: RankedBy): SweptMetric | undefined {
  const figure = figureOf(by);
  return isFigure(figure) ? undefined : figure;
}

/** By the catalogue of metrics; the Sharpe ratio and its plateau score are the better the higher. */
export const directionOf = (by: RankedBy): MetricDirection => (betterOf(by) === 'lower' ? 'lowest' : 'highest');

/** The cells of a grid as a search sees them, values in the order of the request. */
function searchGrid({ params, size, positionsOf }: SweepGrid): CellGrid {
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

/**
 * A search that goes by what was found. The cells it gives follow from the values known alone, so one that was begun in another process
 * is replayed; one that is kept between two calls goes on.
 */
export class ReplayedSearch {
  private asked: Uint32Array | null = null;
  private told = 0;

  constructor(private readonly search: CellSearch) {}

  /** How many values it has been told: it cannot go back. */
  get values(): number {
    return this.told;
  }

  /**
   * The cells to evaluate next; none when the search is at its end.
   *
   * @param known the searched figure of all cells that were given, in their order; NaN where undefined
   * @param most how many to give at once of those that the search asked for
   */
  next(known: Float64Array, most = Infinity): Uint32Array {
    for (;;) {
      this.asked ??= this.search.ask();
      const given = known.length - this.told;
      if (this.asked.length === 0 || given < this.asked.length) return this.asked.slice(given, given + most);
      this.search.tell(known.slice(this.told, this.told + this.asked.length));
      this.told += this.asked.length;
      this.asked = null;
    }
  }
}

/** A search of some cells; which ones depends on the grid, the request and the values known. */
export function beginSearch({ method, samples, seed }: SweepSearch, by: RankedBy, grid: SweepGrid): ReplayedSearch {
  if (method === 'exhaustive') throw new Error('an exhaustive sweep searches nothing');
  const direction = directionOf(by);
  return new ReplayedSearch(createCellSearch(searchGrid(grid), { method, samples: samples!, seed: seed!, direction }));
}

/** Rows by a figure, best first, without the undefined. */
export function rankedRows(metric: Float64Array, most: number, direction: MetricDirection = 'highest'): number[] {
  if (metric.length === 0) return [];
  return [...topCells(metric, Math.min(most, metric.length), direction)].filter((row) => !Number.isNaN(metric[row]!));
}
