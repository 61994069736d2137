import { createRng, type Rng } from '../../random';
import { axisStrides, cellAtPosition, cellCount, coordinateOf, isActive, type CellGrid } from '../analysis/cell-grid';
import { topCells } from '../analysis/top-cells';
import type { CellSearch, CellSearchOptions } from './cell-search';
import { parzenEstimator, type ParzenEstimator } from './parzen-estimator';
import { RemainingCells } from './remaining-cells';

/** Cells proposed from one model unless the options say otherwise. */
export const TPE_BATCH = 8;
/** Cells drawn uniformly before there is a model. */
const START_UP = 20;
/** Share of the observations that counts as good: the paper's gamma. */
const GOOD_SHARE = 0.15;
/** Draws from the good cells' distribution of which the one with the highest expected improvement is proposed. */
const CANDIDATES = 24;
/** Draws that may fall on taken or missing cells before a cell is drawn uniformly instead. */
const MOST_DRAWS = 10 * CANDIDATES;

/** Per axis: the distribution of the good cells and of the others. */
interface AxisModel {
  good: ParzenEstimator;
  rest: ParzenEstimator;
}

/**
 * Tree-structured Parzen estimator after Bergstra et al. (2011) on the cells of a grid: of the observations the best 15 %
 * are good; per axis one density l of the good and one g of the rest; of 24 cells drawn from l the one with the highest
 * product of l / g, which ranks as the expected improvement does, is proposed. An axis with a condition (`when`) is a branch
 * of the tree: it is estimated from the cells in which it is active, and drawn and judged only where it is. A batch is proposed from one model; taken cells and cells that do not exist are drawn again,
 * and when they are all that is drawn the search falls back to a uniform draw, so that it can reach every cell.
 */
export class TpeSearch implements CellSearch {
  private readonly rng: Rng;
  private readonly strides: Float64Array;
  private readonly remaining: RemainingCells;
  /** In the order asked, all of them told but the last batch. */
  private readonly cells: Uint32Array;
  private readonly values: Float64Array;
  private asked = 0;
  private told = 0;

  constructor(
    private readonly grid: CellGrid,
    private readonly options: CellSearchOptions,
  ) {
    this.rng = createRng(options.seed);
    this.strides = axisStrides(grid.axes);
    this.remaining = new RemainingCells(cellCount(grid));
    this.cells = new Uint32Array(options.samples);
    this.values = new Float64Array(options.samples);
  }

  ask(): Uint32Array {
    const { samples, batch = TPE_BATCH } = this.options;
    const first = this.asked;
    const end = Math.min(first === 0 ? START_UP : first + batch, samples);
    const model = first === 0 ? null : this.fit();
    for (; this.asked < end; this.asked++)
      this.cells[this.asked] = model === null ? this.remaining.draw(this.rng) : this.propose(model);
    return this.cells.slice(first, end);
  }

  tell(values: Float64Array): void {
    this.values.set(values, this.told);
    this.told += values.length;
  }

  /** Null when nothing is defined. */
  private fit(): AxisModel[] | null {
    const values = this.values.subarray(0, this.told);
    const defined = values.reduce((count, value) => count + (value === value ? 1 : 0), 0);
    if (defined === 0) return null;
    const ranked = topCells(values, this.told, this.options.direction);
    const good = Math.min(Math.ceil(GOOD_SHARE * this.told), defined);
    const { axes } = this.grid;
    return axes.map((axis, a) => {
      const active = (place: number): boolean =>
        isActive(axes, a, (other) => this.coordinate(this.cells[place], other));
      const observed = (places: Uint32Array): Float64Array =>
        Float64Array.from(axis.when === undefined ? places : places.filter(active), (place) =>
          this.coordinate(this.cells[place], a),
        );
      return {
        good: parzenEstimator(axis, observed(ranked.subarray(0, good))),
        rest: parzenEstimator(axis, observed(ranked.subarray(good))),
      };
    });
  }

  private coordinate(cell: number, axis: number): number {
    const { axes, positions } = this.grid;
    return coordinateOf(positions?.[cell] ?? cell, this.strides[axis], axes[axis].size);
  }

  private propose(model: AxisModel[]): number {
    const { axes } = this.grid;
    const indices = new Uint32Array(axes.length);
    const indexOf = (axis: number): number => indices[axis];
    let best = -1;
    let highest = -Infinity;
    for (let draws = 0, candidates = 0; draws < MOST_DRAWS && candidates < CANDIDATES; draws++) {
      let position = 0;
      let logRatio = 0;
      for (let axis = 0; axis < model.length; axis++) {
        indices[axis] = 0;
        if (!isActive(axes, axis, indexOf)) continue;
        const { good, rest } = model[axis];
        const index = good.draw(this.rng);
        indices[axis] = index;
        position += index * this.strides[axis];
        logRatio += Math.log(good.probability(index) / rest.probability(index));
      }
      const cell = cellAtPosition(this.grid, position);
      if (cell < 0 || !this.remaining.has(cell)) continue;
      candidates += 1;
      if (logRatio > highest) {
        highest = logRatio;
        best = cell;
      }
    }
    if (best < 0) return this.remaining.draw(this.rng);
    this.remaining.take(best);
    return best;
  }
}
