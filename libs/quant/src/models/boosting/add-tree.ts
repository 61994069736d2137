import { leafOf, type Tree } from '../trees/tree-store';

/** The leaves of a tree in order of their rows: where the rows of each end in `order`, and what it says. */
export interface LeafRows {
  readonly leafEnds: ArrayLike<number>;
  readonly leafValues: ArrayLike<number>;
  readonly leafCount: number;
}

/** Adds what a tree says to the scores of rows [from, to), all rows being in the tree: those of a leaf lie together, ascending. */
export function addLeaves(leaves: LeafRows, order: Int32Array, scores: Float64Array, from: number, to: number): void {
  const { leafEnds, leafValues, leafCount } = leaves;
  let start = 0;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const end = leafEnds[leaf];
    const value = leafValues[leaf];
    const last = to === order.length ? end : firstFrom(order, start, end, to);
    for (let i = from === 0 ? start : firstFrom(order, start, end, from); i < last; i++) scores[order[i]] += value;
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
export function addWalks(
  tree: Tree,
  codes: Uint8Array,
  { n, maxBins }: { readonly n: number; readonly maxBins: number },
  scores: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) scores[i] += tree.values[leafOf(tree, codes, n, i, maxBins)];
}
