import type { Rng } from '../../random';
import { nodeValue, SplitSearch, type NodeSums, type SplitRules } from './best-split';
import type { BinnedColumns } from './binned-columns';
import { Histograms } from './histograms';
import { allocate, type Tree } from './tree-store';

export interface TreeOptions extends SplitRules {
  /** Splits from the root to a leaf at most, >= 1. */
  readonly maxDepth: number;
  /** At most so many leaves, >= 2: while there are fewer, the leaf whose split gains most is split next. */
  readonly maxLeaves: number;
  /** Leaves say this part of their value. */
  readonly rate: number;
  /** Columns that a node tries, drawn for each node; if none of them can be split, more until one can. Default: all of the tree's. */
  readonly columnsPerNode?: number;
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

/** Threads that do the work of a tree together; its bits stay the same. */
export interface GrowingTeam {
  /** Fills the sums of `made` from its rows, takes them from those of `other`, and finds what each column of both gains; false where that is too little to share. */
  share(columns: Int32Array, made: GrowingNode, other: GrowingNode | null, search: SplitSearch): boolean;
  /** Says the value of each leaf. */
  value(nodes: readonly GrowingNode[], leaves: Int32Array, count: number, values: Float64Array): void;
}

interface Node extends GrowingNode {
  depth: number;
  isSplit: boolean;
  gain: number;
  column: number;
  bin: number;
  missingLeft: number;
  leftGradient: number;
  leftHessian: number;
}

const NO_SLOT = -1;
const UNKNOWN = -1;

const mostLeavesOf = ({ maxLeaves, maxDepth }: TreeOptions, n: number): number => Math.min(maxLeaves, 2 ** maxDepth, n);

/** Where every leaf may be split the order changes nothing, and the last one first needs the fewest histograms. */
const isBestFirst = ({ maxLeaves, maxDepth }: TreeOptions): boolean => maxLeaves < 2 ** maxDepth;

/** How many nodes' sums are kept at once while a tree of n rows grows. */
export function slotsOf(options: TreeOptions, n: number): number {
  if (options.columnsPerNode !== undefined) return 1;
  return isBestFirst(options) ? mostLeavesOf(options, n) : options.maxDepth + 1;
}

/**
 * Grows regression trees on binned columns by the gradients and hessians of an objective, as gradient boosting does
 * (Chen and Guestrin, 2016; Ke et al., 2017): a leaf's value is -G / (H + l2), a split gains
 * (GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2)) / 2. Reusable; deterministic.
 */
export class TreeGrower {
  /** The tree grown last: its first `count` nodes. */
  readonly tree: Tree;
  count = 0;
  /** Of the tree grown last: its leaves in order of their rows, and where each one's rows end in `histograms.order`. */
  readonly leaves: Int32Array;
  readonly leafEnds: Int32Array;
  leafCount = 0;
  private readonly search: SplitSearch;
  private readonly nodes: Node[] = [];
  private readonly open: Int32Array;
  private openCount = 0;
  private readonly free: Int32Array;
  private freeCount = 0;
  private readonly drawn: Int32Array;
  private readonly isBestFirst: boolean;
  private readonly sharesSums: boolean;

  /** @param histograms with the codes of the columns and the slots that `slotsOf` says; default: some of its own. */
  constructor(
    private readonly binned: BinnedColumns,
    private readonly options: TreeOptions,
    private readonly rng: Rng,
    readonly histograms = Histograms.of(binned, slotsOf(options, binned.n)),
    private readonly team: GrowingTeam | null = null,
  ) {
    const { n, k } = binned;
    const mostLeaves = mostLeavesOf(options, n);
    const slots = slotsOf(options, n);
    this.isBestFirst = isBestFirst(options);
    this.sharesSums = options.columnsPerNode === undefined;
    this.search = new SplitSearch(binned, this.histograms, options);
    this.tree = allocate(2 * mostLeaves);
    this.leaves = new Int32Array(mostLeaves);
    this.leafEnds = new Int32Array(mostLeaves);
    this.open = new Int32Array(mostLeaves);
    this.free = new Int32Array(slots);
    this.drawn = new Int32Array(k);
    for (let i = 0; i < 2 * mostLeaves; i++) this.nodes.push(emptyNode());
  }

  /** Grows one on the first `rows` of `histograms.order` (ascending), with `histograms.pairs`, on these columns. */
  grow(rows: number, columns: Int32Array): void {
    this.count = 1;
    this.openCount = 0;
    this.freeCount = 0;
    for (let slot = this.free.length; slot-- > 0;) this.free[this.freeCount++] = slot;
    this.openRoot(rows, columns);
    let leaves = 1;
    const { maxLeaves } = this.options;
    while (this.openCount > 0 && leaves < maxLeaves) this.split(this.takeOpen(), columns, ++leaves < maxLeaves);
    this.leafCount = 0;
    this.finish(0);
    if (this.team === null) this.value();
    else this.team.value(this.nodes, this.leaves, this.leafCount, this.tree.values);
  }

  private openRoot(rows: number, columns: Int32Array): void {
    const { order, pairs } = this.histograms;
    let gradient = 0;
    let hessian = 0;
    for (let i = 0; i < rows; i++) {
      gradient += pairs[2 * order[i]];
      hessian += pairs[2 * order[i] + 1];
    }
    const root = this.nodes[0];
    root.start = 0;
    root.end = rows;
    root.depth = 0;
    root.gradient = gradient;
    root.hessian = hessian;
    root.lowest = -Infinity;
    root.highest = Infinity;
    root.slot = NO_SLOT;
    root.gainsAt = UNKNOWN;
    root.isSplit = false;
    if (this.sharesSums) {
      root.slot = this.free[--this.freeCount];
      if (!this.team?.share(columns, root, null, this.search))
        this.histograms.fill(root.slot, columns, 0, columns.length, 0, rows);
    }
    this.examine(0, columns);
  }

  /** Finds the node's best split: it is open when there is one, else a leaf. */
  private examine(index: number, columns: Int32Array): void {
    const node = this.nodes[index];
    const { search } = this;
    search.begin(node);
    if (node.gainsAt !== UNKNOWN) search.tryGainers(node.slot, columns, node.gainsAt, node);
    else if (this.sharesSums) search.try(node.slot, columns, 0, columns.length, node);
    else this.examineSome(node, columns);
    if (search.column < 0) return this.release(node);
    node.column = search.column;
    node.gain = search.gain;
    node.bin = search.bin;
    node.missingLeft = search.missingLeft;
    node.leftGradient = search.leftGradient;
    node.leftHessian = search.leftHessian;
    this.open[this.openCount++] = index;
  }

  private examineSome(node: Node, columns: Int32Array): void {
    const { search, drawn, histograms } = this;
    const tried = Math.min(this.options.columnsPerNode!, columns.length);
    drawn.set(columns);
    for (let c = 0; c < tried; c++) this.draw(c, columns.length);
    histograms.fill(0, drawn, 0, tried, node.start, node.end);
    search.try(0, drawn, 0, tried, node);
    for (let c = tried; c < columns.length && search.column < 0; c++) {
      this.draw(c, columns.length);
      histograms.fill(0, drawn, c, c + 1, node.start, node.end);
      search.try(0, drawn, c, c + 1, node);
    }
  }

  /** One of the columns that are not drawn yet comes to place `c`. */
  private draw(c: number, count: number): void {
    const { drawn } = this;
    const other = c + this.rng.int(count - c);
    const column = drawn[other];
    drawn[other] = drawn[c];
    drawn[c] = column;
  }

  private release(node: Node): void {
    if (node.slot !== NO_SLOT) this.free[this.freeCount++] = node.slot;
    node.slot = NO_SLOT;
  }

  private takeOpen(): number {
    const { open, nodes } = this;
    let best = this.openCount - 1;
    if (this.isBestFirst) {
      best = 0;
      for (let i = 1; i < this.openCount; i++) if (nodes[open[i]].gain > nodes[open[best]].gain) best = i;
    }
    const index = open[best];
    this.openCount--;
    for (let i = best; i < this.openCount; i++) open[i] = open[i + 1];
    return index;
  }

  private split(index: number, columns: Int32Array, goesOn: boolean): void {
    const { nodes, tree } = this;
    const node = nodes[index];
    const middle = this.partition(node);
    const left = this.count;
    this.count += 2;
    node.isSplit = true;
    tree.features[index] = node.column;
    tree.bins[index] = node.bin;
    tree.lefts[index] = left;
    tree.missingLeft[index] = node.missingLeft;
    tree.values[index] = 0;
    tree.gains[index] = node.gain;
    const [a, b] = [nodes[left], nodes[left + 1]];
    a.start = node.start;
    a.end = b.start = middle;
    b.end = node.end;
    a.depth = b.depth = node.depth + 1;
    a.gradient = node.leftGradient;
    a.hessian = node.leftHessian;
    b.gradient = node.gradient - node.leftGradient;
    b.hessian = node.hessian - node.leftHessian;
    a.isSplit = b.isSplit = false;
    a.slot = b.slot = NO_SLOT;
    a.gainsAt = b.gainsAt = UNKNOWN;
    this.bound(node, a, b);
    if (!goesOn || a.depth >= this.options.maxDepth) return this.release(node);
    if (this.sharesSums) this.shareSums(node, a, b, columns);
    this.examine(left, columns);
    this.examine(left + 1, columns);
  }

  /** Under a monotone column the children's predictions stay on their sides of the middle. */
  private bound(node: Node, a: Node, b: Node): void {
    const { monotone, l2 } = this.options;
    a.lowest = b.lowest = node.lowest;
    a.highest = b.highest = node.highest;
    const direction = monotone.length > 0 ? monotone[node.column] : 0;
    if (direction === 0) return;
    const middle =
      (nodeValue(a.gradient, a.hessian, l2, node.lowest, node.highest) +
        nodeValue(b.gradient, b.hessian, l2, node.lowest, node.highest)) /
      2;
    if (direction > 0) a.highest = b.lowest = middle;
    else a.lowest = b.highest = middle;
  }

  private shareSums(node: Node, a: Node, b: Node, columns: Int32Array): void {
    const { histograms } = this;
    const [small, large] = a.end - a.start <= b.end - b.start ? [a, b] : [b, a];
    small.slot = this.free[--this.freeCount];
    large.slot = node.slot;
    node.slot = NO_SLOT;
    if (this.team?.share(columns, small, large, this.search)) return;
    histograms.fill(small.slot, columns, 0, columns.length, small.start, small.end);
    histograms.subtract(large.slot, small.slot, columns);
  }

  /** Moves the node's rows: those that go left first, each side in its order. Returns where the right ones begin. */
  private partition(node: Node): number {
    const { histograms, binned } = this;
    const { n, maxBins, hasMissing } = binned;
    const { codes } = histograms;
    const { start, end, bin, column } = node;
    let missing = 0;
    let middle = start;
    if (hasMissing[column] === 0) middle = histograms.partition(column, bin, start, end);
    else
      middle = histograms.partitionBy(
        (row) => {
          const code = codes[column * n + row];
          if (code === maxBins) missing++;
          return code <= bin || (code === maxBins && node.missingLeft === 1);
        },
        start,
        end,
      );
    // where no row says it, the missing go with the most
    if (missing === 0) node.missingLeft = middle - start >= end - middle ? 1 : 0;
    return middle;
  }

  /** Lists the leaves below a node. */
  private finish(index: number): void {
    const { tree } = this;
    const node = this.nodes[index];
    if (node.isSplit) {
      this.finish(tree.lefts[index]);
      this.finish(tree.lefts[index] + 1);
      return;
    }
    tree.features[index] = -1;
    tree.bins[index] = 0;
    tree.lefts[index] = index;
    tree.missingLeft[index] = 0;
    tree.gains[index] = 0;
    this.leaves[this.leafCount] = index;
    this.leafEnds[this.leafCount++] = node.end;
  }

  private value(): void {
    const { tree, leaves, histograms, options } = this;
    for (let leaf = 0; leaf < this.leafCount; leaf++) {
      const node = this.nodes[leaves[leaf]];
      tree.values[leaves[leaf]] = leafValue(histograms, node.start, node.end, options, node.lowest, node.highest);
    }
  }
}

/** What a leaf says, from its rows themselves: sums by subtraction have lost some digits. */
export function leafValue(
  { order, pairs }: Histograms,
  start: number,
  end: number,
  { rate, l2 }: Pick<TreeOptions, 'rate' | 'l2'>,
  lowest: number,
  highest: number,
): number {
  let gradient = 0;
  let hessian = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    gradient += pairs[2 * row];
    hessian += pairs[2 * row + 1];
  }
  return rate * nodeValue(gradient, hessian, l2, lowest, highest);
}

const emptyNode = (): Node => ({
  start: 0,
  end: 0,
  depth: 0,
  slot: NO_SLOT,
  gainsAt: UNKNOWN,
  isSplit: false,
  gradient: 0,
  hessian: 0,
  lowest: 0,
  highest: 0,
  gain: 0,
  column: 0,
  bin: 0,
  missingLeft: 0,
  leftGradient: 0,
  leftHessian: 0,
});
