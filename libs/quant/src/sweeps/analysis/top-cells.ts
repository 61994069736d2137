import { requireThat } from '../../errors/invalid-input';
import type { MetricDirection } from './cell-grid';

/** Whether cell `a` ranks before cell `b`: the better metric first, undefined last, ties in grid order. */
function ranksBefore(metric: Float64Array, sign: number, a: number, b: number): boolean {
  const x = sign * metric[a];
  const y = sign * metric[b];
  if (x > y) return true;
  if (x < y) return false;
  const xMissing = x !== x;
  const yMissing = y !== y;
  return xMissing === yMissing ? a < b : yMissing;
}

/**
 * The `k` best cells of a metric, best first; NaN is undefined and ranks last, ties rank in grid order.
 * @param metric One value per cell.
 * @param k How many, at least 1; all cells when there are fewer.
 * @returns Indices into `metric`. O(n log k) time, O(k) memory.
 * @throws InvalidInputError when k is not an integer of at least 1.
 */
export function topCells(metric: Float64Array, k: number, direction: MetricDirection = 'highest'): Uint32Array {
  requireThat(Number.isInteger(k) && k >= 1, 'k', 'an integer of at least 1', k);
  const sign = direction === 'highest' ? 1 : -1;
  const size = Math.min(k, metric.length);
  // a heap with the worst of the kept cells at its root, so that most cells are turned away by one comparison
  const heap = new Uint32Array(size);
  const sink = (root: number, end: number): void => {
    const cell = heap[root];
    for (let child = 2 * root + 1; child < end; child = 2 * root + 1) {
      if (child + 1 < end && ranksBefore(metric, sign, heap[child], heap[child + 1])) child++;
      if (!ranksBefore(metric, sign, cell, heap[child])) break;
      heap[root] = heap[child];
      root = child;
    }
    heap[root] = cell;
  };
  for (let cell = 0; cell < size; cell++) heap[cell] = cell;
  for (let root = (size >>> 1) - 1; root >= 0; root--) sink(root, size);
  let worst = sign * metric[heap[0]];
  for (let cell = size; cell < metric.length; cell++) {
    // a tie loses to the earlier cell
    if (sign * metric[cell] <= worst || !ranksBefore(metric, sign, cell, heap[0])) continue;
    heap[0] = cell;
    sink(0, size);
    worst = sign * metric[heap[0]];
  }
  // heap sort: the worst goes to the end
  for (let end = size - 1; end > 0; end--) {
    const worst = heap[0];
    heap[0] = heap[end];
    heap[end] = worst;
    sink(0, end);
  }
  return heap;
}
