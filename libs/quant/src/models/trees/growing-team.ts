import type { SplitSearch } from './best-split';
import type { GrowingNode, OpenNode, TreeNode } from './growing-node';
import type { GrownTree } from './tree-store';

/** Threads that do the work of a tree together; its bits stay the same. */
export interface GrowingTeam {
  /** Sums the rows of the root, in all and per bin; false where that is too little to share. */
  openRoot(columns: Int32Array, root: GrowingNode): boolean;
  /** Whether nodes that are open together may be split together. */
  readonly splitsTogether: boolean;
  /** Parts all rows at a root whose split is known, see `partAll`; false where that is too little to share. */
  partAll(root: TreeNode): boolean;
  /** Finds the splits of the first `count` nodes and parts their rows; where there is none `column` stays NO_SPLIT. False where that is too little to share. */
  part(nodes: readonly TreeNode[], count: number, columns: Int32Array): boolean;
  /** Of the first `count` pairs of children: fills the sums of `made` from its rows, takes them from those of `other`, and finds what each column of both gains; false where that is too little to share. */
  share(
    columns: Int32Array,
    made: readonly TreeNode[],
    other: readonly TreeNode[],
    count: number,
    search: SplitSearch,
  ): boolean;
  /** Whether the tree below the node is small enough for one thread alone, and the tree large enough for several. Its split need not be known. */
  takes(node: OpenNode): boolean;
  /** At most so many nodes are taken before they are grown. */
  readonly mostTaken: number;
  /** Grows the trees below the nodes whose numbers are the first `count` of `taken`, leaves with their values, and says in each where in `grown` it is. */
  growBelow(nodes: readonly TreeNode[], taken: Int32Array, count: number): void;
  readonly grown: GrownTree;
  /** Says the value of each leaf; false where that is too little to share. */
  value(nodes: readonly TreeNode[], leaves: Int32Array, count: number, values: Float64Array): boolean;
}
