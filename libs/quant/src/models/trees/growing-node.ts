/** A node: the sums of its rows and between which values its prediction must lie. */
export interface NodeSums {
  gradient: number;
  hessian: number;
  lowest: number;
  highest: number;
}

/** A node, its sums and the rows order[start .. end) that are its own. */
export interface GrowingNode extends NodeSums {
  start: number;
  end: number;
  /** Where its sums per bin are. */
  slot: number;
  /** Where what each column gains is known, see `SplitSearch.tryGainers`; -1 where it is not. */
  gainsAt: number;
}

/** A node that may be split: its best split, `column` being NO_SPLIT while it is not known and where there is none. */
export interface OpenNode extends GrowingNode {
  depth: number;
  gain: number;
  column: number;
  bin: number;
  missingLeft: number;
  leftGradient: number;
  leftHessian: number;
}

/** A node of a tree that grows; what another thread has grown below it is some nodes elsewhere, 0 where there is none. */
export interface TreeNode extends OpenNode {
  /** Its number in its tree. */
  readonly index: number;
  /** Where, once its rows are parted, those of its right child begin. */
  middle: number;
  graftAt: number;
  graftCount: number;
}

export const NO_SLOT = -1;
export const UNKNOWN = -1;
export const NO_SPLIT = -1;

export const emptyNode = (index: number): TreeNode => ({
  index,
  start: 0,
  end: 0,
  depth: 0,
  slot: NO_SLOT,
  gainsAt: UNKNOWN,
  gradient: 0,
  hessian: 0,
  lowest: 0,
  highest: 0,
  gain: 0,
  column: NO_SPLIT,
  bin: 0,
  missingLeft: 0,
  leftGradient: 0,
  leftHessian: 0,
  middle: 0,
  graftAt: 0,
  graftCount: 0,
});

/** Makes it one that nobody has worked on yet. */
export function resetNode(node: TreeNode): void {
  node.slot = NO_SLOT;
  node.gainsAt = UNKNOWN;
  node.column = NO_SPLIT;
  node.graftCount = 0;
}

/** Numbers of an open node that is written to flat memory. */
export const OPEN_NUMBERS = 15;

/** Writes an open node to places `at` .. of memory that another thread reads. */
export function writeOpen(node: OpenNode, to: Float64Array, at: number): void {
  to[at] = node.start;
  to[at + 1] = node.end;
  to[at + 2] = node.depth;
  to[at + 3] = node.slot;
  to[at + 4] = node.gradient;
  to[at + 5] = node.hessian;
  to[at + 6] = node.lowest;
  to[at + 7] = node.highest;
  to[at + 8] = node.gain;
  to[at + 9] = node.column;
  to[at + 10] = node.bin;
  to[at + 11] = node.missingLeft;
  to[at + 12] = node.leftGradient;
  to[at + 13] = node.leftHessian;
  to[at + 14] = node.gainsAt;
}

export function readOpen(node: OpenNode, from: Float64Array, at: number): void {
  node.start = from[at];
  node.end = from[at + 1];
  node.depth = from[at + 2];
  node.slot = from[at + 3];
  node.gradient = from[at + 4];
  node.hessian = from[at + 5];
  node.lowest = from[at + 6];
  node.highest = from[at + 7];
  node.gain = from[at + 8];
  node.column = from[at + 9];
  node.bin = from[at + 10];
  node.missingLeft = from[at + 11];
  node.leftGradient = from[at + 12];
  node.leftHessian = from[at + 13];
  node.gainsAt = from[at + 14];
}
