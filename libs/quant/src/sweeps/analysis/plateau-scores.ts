import { requireThat } from '../../errors/invalid-input';
import {
  axisStrides,
  checkMetric,
  positionCount,
  type CellGrid,
  type MetricDirection,
  type GridAxis,
} from './cell-grid';

export interface PlateauOptions {
  /** Steps along each ordered axis that still count as near (Chebyshev distance); 1 by default. */
  readonly radius?: number;
  readonly direction?: MetricDirection;
}

/**
 * The plateau score of every cell: the metric of a cell judged with its neighbours on the grid, so that a lonely peak,
 * most likely luck, ranks below a broad region of good cells.
 *
 * With x the cell's own metric, N the defined cells within `radius` steps along every ordered axis (the cell among
 * them), K the number of positions such a neighbourhood has inside a grid (the product of min(2 radius + 1, size) over
 * the ordered axes), mu the mean of all defined cells and m the mean of N without the cell (mu when it is alone):
 *
 *     score = min(x, (sum of N + (K - |N|) min(mu, m)) / K)
 *
 * for `highest`; for `lowest` with max for min. A neighbour that does not exist or is undefined counts as min(mu, m):
 * no better than the neighbours that were seen and no better than a cell picked blindly. So the cell's own metric weighs
 * 1 / K everywhere, and a peak at the rim of the defined region gains nothing from having few neighbours; a plateau is
 * credited only as far as it was seen. Capped by x, since a bad cell beside good ones is no choice. Categorical axes
 * have no neighbours.
 *
 * The idea is robust optimisation's expectation over perturbed parameters (Beyer & Sendhoff 2007, "Robust optimization:
 * a comprehensive survey") on a grid; what counts for a missing neighbour is a choice made here.
 *
 * @param metric One value per cell; NaN is undefined.
 * @returns One score per cell in the metric's unit, between the worst and the best defined metric and no better than the
 * cell's own; NaN where the metric is. Time O(positions x axes x radius), memory O(positions of the product).
 * @throws InvalidInputError when the radius is not an integer of at least 1 or the metric does not fit the grid.
 */
export function plateauScores(
  grid: CellGrid,
  metric: Float64Array,
  { radius = 1, direction = 'highest' }: PlateauOptions = {},
): Float64Array {
  requireThat(Number.isInteger(radius) && radius >= 1, 'radius', 'an integer of at least 1', radius);
  checkMetric(grid, metric);
  const { axes, positions } = grid;
  const sign = direction === 'highest' ? 1 : -1;
  const product = positionCount(grid);
  const sums = new Float64Array(product);
  const counts = new Float64Array(product);
  let total = 0;
  let defined = 0;
  for (let cell = 0; cell < metric.length; cell++) {
    const value = metric[cell];
    if (value !== value) continue;
    const position = positions === undefined ? cell : positions[cell];
    sums[position] = sign * value;
    counts[position] = 1;
    total += sign * value;
    defined += 1;
  }
  const strides = axisStrides(axes);
  let full = 1;
  axes.forEach((axis, a) => {
    if (!hasNeighbours(axis)) return;
    full *= Math.min(2 * radius + 1, axis.size);
    const add = radius === 1 ? addAdjacent : addWithin;
    add(sums, axis.size, strides[a], radius);
    add(counts, axis.size, strides[a], radius);
  });
  const mean = total / defined;
  const scores = new Float64Array(metric.length);
  for (let cell = 0; cell < metric.length; cell++) {
    const own = sign * metric[cell];
    const position = positions === undefined ? cell : positions[cell];
    const seen = counts[position];
    const others = seen > 1 ? (sums[position] - own) / (seen - 1) : mean;
    const around = (sums[position] + (full - seen) * Math.min(mean, others)) / full;
    scores[cell] = sign * Math.min(own, around);
  }
  return scores;
}

const hasNeighbours = ({ size, kind }: GridAxis): boolean => size > 1 && kind !== 'categorical';

/** Adds to every value of a dense array those within `radius` steps along one axis. */
function addWithin(values: Float64Array, size: number, stride: number, radius: number): void {
  const own = values.slice();
  const block = size * stride;
  for (let step = 1; step <= radius && step < size; step++) {
    const shift = step * stride;
    for (let start = 0; start < values.length; start += block)
      for (let left = start, right = start + shift; right < start + block; left++, right++) {
        values[left] += own[right];
        values[right] += own[left];
      }
  }
}

/** The same for radius 1 with a third of the memory traffic: this also runs once, in a process that has just started. */
function addAdjacent(values: Float64Array, size: number, stride: number): void {
  const span = (size - 1) * stride;
  for (let start = 0; start < values.length; start += size * stride)
    for (let line = start; line < start + stride; line++) {
      const last = line + span;
      let before = 0;
      let own = values[line];
      for (let at = line; at < last; at += stride) {
        const after = values[at + stride];
        values[at] = before + own + after;
        before = own;
        own = after;
      }
      values[last] = before + own;
    }
}
