import { CV_FIGURES, searchedGrid, type SweepGrid } from '@assay/pipeline';
import { betterOf, createCellSearch, topCells, type CellSearch, type MetricDirection } from '@assay/quant';
import type { RankedBy, SweepSearch, SweptMetric } from '@assay/contracts';

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
  return new ReplayedSearch(
    createCellSearch(searchedGrid(grid), { method, samples: samples!, seed: seed!, direction }),
  );
}

/** Rows by a figure, best first, without the undefined. */
export function rankedRows(metric: Float64Array, most: number, direction: MetricDirection = 'highest'): number[] {
  if (metric.length === 0) return [];
  return [...topCells(metric, Math.min(most, metric.length), direction)].filter((row) => !Number.isNaN(metric[row]!));
}
