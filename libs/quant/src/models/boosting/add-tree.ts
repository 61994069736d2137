import type { HistogramMemory } from '../trees/histogram-memory';
import { leafOf, type Tree } from '../trees/tree-store';
import { boostingRows } from './boosting-rows';

/** The leaves of a tree in order of their rows: where the rows of each end in `order`, and what it says. */
export interface LeafRows {
  readonly leafEnds: ArrayLike<number>;
  readonly leafValues: ArrayLike<number>;
  readonly leafCount: number;
}

/** Adds what a tree says to the scores of rows [from, to), all rows being in the tree: those of a leaf lie together, ascending. */
export function addLeaves(leaves: LeafRows, memory: HistogramMemory, from: number, to: number): void {
  const { leafEnds, leafValues, leafCount } = leaves;
  const { kernels, order } = memory;
  const { scores } = boostingRows(memory);
  let start = 0;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const end = leafEnds[leaf];
    const value = leafValues[leaf];
    const last = to === order.length ? end : firstFrom(order, start, end, to);
    const first = from === 0 ? start : firstFrom(order, start, end, from);
    if (kernels === null) for (let i = first; i < last; i++) scores[order[i]] += value;
    else kernels.addToRows(order.byteOffset + first * order.BYTES_PER_ELEMENT, last - first, value, scores.byteOffset);
    start = end;
  }
}

/** The first of places [start, end) of the ascending `order` that holds no row before `row`. */
function firstFrom(order: Int32Array, start: number, end: number, row: number): number {
  while (start < end) {
    const middle = (start + end) >> 1;
    if (order[middle] < row) start = middle + 1;
    else end = middle;
  }
  return start;
}

/** The same where not all rows are in the tree; by their codes. */
export function addWalks(tree: Tree, memory: HistogramMemory, from: number, to: number): void {
  const { n, maxBins } = memory.shape;
  const { codes } = memory;
  const { scores } = boostingRows(memory);
  for (let i = from; i < to; i++) scores[i] += tree.values[leafOf(tree, codes, n, i, maxBins)];
}
