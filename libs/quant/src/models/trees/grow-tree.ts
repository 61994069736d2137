import type { Rng } from '../../random';
import { nodeValue, SplitSearch, type SplitRules } from './best-split';
import { graftTree } from './graft-tree';
import { emptyNode, NO_SLOT, NO_SPLIT, readOpen, resetNode, type TreeNode } from './growing-node';
import type { GrowingTeam } from './growing-team';
import type { Histograms } from './histograms';
import { leafValue, sumRows } from './leaf-value';
import { listAll, partAll, partNode } from './part-node';
import { allocate, type GrownTree } from './tree-store';

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

/** Who grows a tree with which others. */
export interface GrowerSetting {
  /** Needed where columns are drawn for each node. */
  readonly rng?: Rng;
  readonly team?: GrowingTeam | null;
  /** The slots of its own: the first and how many. Default: the first ones, as many as `slotsOf` says. */
  readonly slots?: readonly [number, number];
}

export const mostLeavesOf = ({ maxLeaves, maxDepth }: TreeOptions, n: number): number =>
  Math.min(maxLeaves, 2 ** maxDepth, n);

/** Where every leaf may be split the order changes nothing, and the last one first needs the fewest histograms. */
export const isBestFirst = ({ maxLeaves, maxDepth }: TreeOptions): boolean => maxLeaves < 2 ** maxDepth;

/** How many nodes' sums are kept at once while one grower grows a tree of n rows. */
export function slotsOf(options: TreeOptions, n: number): number {
  if (options.columnsPerNode !== undefined) return 1;
  return isBestFirst(options) ? mostLeavesOf(options, n) : options.maxDepth + 1;
}

const allocateGrown = (nodes: number): GrownTree => ({ ...allocate(nodes), ends: new Int32Array(nodes) });

/**
 * Grows regression trees on binned columns by the gradients and hessians of an objective, as gradient boosting does
 * (Chen and Guestrin, 2016; Ke et al., 2017): a leaf's value is -G / (H + l2), a split gains
 * (GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2)) / 2. Reusable; deterministic.
 */
export class TreeGrower {
  /** The tree grown last: its first `count` nodes. */
  tree: GrownTree;
  count = 0;
  /** Of the tree grown last: of its leaves, in order of their rows, where the rows end in `histograms.order` and what it says. */
  readonly leafEnds: Int32Array;
  readonly leafValues: Float64Array;
  leafCount = 0;
  private readonly search: SplitSearch;
  private readonly nodes: TreeNode[] = [];
  private readonly own: GrownTree;
  /** With what others have grown; null where nobody grows anything else. */
  private readonly whole: GrownTree | null;
  private readonly leaves: Int32Array;
  private readonly open: Int32Array;
  private openCount = 0;
  /** Nodes that are split together, and their children: of which the sums are filled, and of which they are what is left. */
  private readonly batch: TreeNode[] = [];
  private readonly made: TreeNode[] = [];
  private readonly other: TreeNode[] = [];
  /** Nodes that the team is to grow further. */
  private readonly given: Int32Array;
  private givenCount = 0;
  private readonly slots: readonly [number, number];
  private readonly free: Int32Array;
  private freeCount = 0;
  /** Whether the root has all rows. */
  private hasAll = false;
  private readonly drawn: Int32Array;
  private readonly isBestFirst: boolean;
  private readonly sharesSums: boolean;
  private readonly team: GrowingTeam | null;
  private readonly rng: Rng | undefined;

  /** @param histograms with the codes and descriptions of the columns and the slots that `slotsOf` says. */
  constructor(
    readonly histograms: Histograms,
    private readonly options: TreeOptions,
    setting: GrowerSetting = {},
  ) {
    const { n, k } = histograms.memory.shape;
    const { rng, team = null, slots = [0, slotsOf(options, n)] } = setting;
    const mostLeaves = mostLeavesOf(options, n);
    this.rng = rng;
    this.team = team;
    this.slots = slots;
    this.isBestFirst = isBestFirst(options);
    this.sharesSums = options.columnsPerNode === undefined;
    this.search = new SplitSearch(histograms, options);
    this.own = allocateGrown(2 * mostLeaves);
    this.whole = team === null || this.isBestFirst ? null : allocateGrown(2 * mostLeaves);
    this.tree = this.whole ?? this.own;
    this.leaves = new Int32Array(mostLeaves);
    this.leafEnds = new Int32Array(mostLeaves);
    this.leafValues = new Float64Array(mostLeaves);
    this.open = new Int32Array(mostLeaves);
    this.given = new Int32Array(mostLeaves);
    // a node that is grown further brings its slot with it
    this.free = new Int32Array(slots[1] + 1);
    this.drawn = new Int32Array(k);
    for (let i = 0; i < 2 * mostLeaves; i++) this.nodes.push(emptyNode(i));
  }

  /** Grows one on the first `rows` of `histograms.order` (ascending), which need not be written where they are all, with `histograms.pairs`, on these columns. */
  grow(rows: number, columns: Int32Array): void {
    this.begin();
    this.hasAll = rows === this.histograms.memory.shape.n;
    this.openRoot(rows, columns);
    this.splitOpen(columns);
    if (this.hasAll && this.count === 1) listAll(this.histograms);
    this.growGiven();
    this.value();
    if (this.whole !== null) this.count = graftTree(this.nodes, this.own, this.team!.grown, this.whole);
    this.leafCount = 0;
    this.list(0);
  }

  /** Grows, and gives leaves their values, below an open node that another has written to places `at` .. : the node is number 0. */
  growBelow(from: Float64Array, at: number, columns: Int32Array): void {
    this.begin();
    const root = this.nodes[0];
    resetNode(root);
    readOpen(root, from, at);
    this.makeLeaf(0);
    if (root.column !== NO_SPLIT || this.search.find(root, columns)) this.open[this.openCount++] = 0;
    this.splitOpen(columns);
    this.value();
  }

  private begin(): void {
    this.hasAll = false;
    const [first, count] = this.slots;
    this.count = 1;
    this.openCount = 0;
    this.givenCount = 0;
    this.freeCount = 0;
    for (let slot = first + count; slot-- > first;) this.free[this.freeCount++] = slot;
  }

  private splitOpen(columns: Int32Array): void {
    const { nodes, batch, options } = this;
    let leaves = 1;
    while (this.openCount > 0 && leaves < options.maxLeaves) {
      let size = 0;
      // where every leaf may be split it is all the same which are split together
      do batch[size++] = nodes[this.takeOpen()];
      while (this.openCount > 0 && this.isTogether);
      leaves += size;
      this.split(this.part(size, columns), columns, leaves < options.maxLeaves);
    }
  }

  private openRoot(rows: number, columns: Int32Array): void {
    const root = this.nodes[0];
    resetNode(root);
    root.start = 0;
    root.end = rows;
    root.depth = 0;
    root.lowest = -Infinity;
    root.highest = Infinity;
    this.makeLeaf(0);
    if (this.sharesSums) root.slot = this.free[--this.freeCount];
    if (!this.team?.openRoot(columns, root)) {
      const order = this.histograms.rowsOfTree(rows);
      sumRows(this.histograms, 0, rows, root, order);
      if (this.sharesSums) this.histograms.fill(root.slot, columns, 0, columns.length, 0, rows, order);
    }
    this.examine(0, columns);
  }

  /** Finds the node's best split: it is open when there is one, else a leaf. What the team is to find is open until then. */
  private examine(index: number, columns: Int32Array): void {
    const node = this.nodes[index];
    if (this.isTogether) {
      if (this.team!.takes(node)) return this.give(index);
    } else if (!this.sharesSums) {
      if (!this.findAmongSome(node, columns)) return;
    } else if (!this.search.find(node, columns)) return this.release(node);
    this.open[this.openCount++] = index;
  }

  /** Whether nodes are split together. */
  private get isTogether(): boolean {
    return this.whole !== null && this.team!.splitsTogether;
  }

  private give(index: number): void {
    this.given[this.givenCount++] = index;
    if (this.givenCount === this.team!.mostTaken) this.growGiven();
  }

  /** Has the team grow what it has taken so far. */
  private growGiven(): void {
    const { nodes, given, givenCount } = this;
    if (givenCount === 0) return;
    this.team!.growBelow(nodes, given, givenCount);
    for (let i = 0; i < givenCount; i++) this.release(nodes[given[i]]);
    this.givenCount = 0;
  }

  private findAmongSome(node: TreeNode, columns: Int32Array): boolean {
    const { search, drawn, histograms } = this;
    const tried = Math.min(this.options.columnsPerNode!, columns.length);
    search.begin(node);
    drawn.set(columns);
    for (let c = 0; c < tried; c++) this.draw(c, columns.length);
    histograms.fill(0, drawn, 0, tried, node.start, node.end);
    search.try(0, drawn, 0, tried, node);
    for (let c = tried; c < columns.length && search.column < 0; c++) {
      this.draw(c, columns.length);
      histograms.fill(0, drawn, c, c + 1, node.start, node.end);
      search.try(0, drawn, c, c + 1, node);
    }
    return search.tell(node);
  }

  /** One of the columns that are not drawn yet comes to place `c`. */
  private draw(c: number, count: number): void {
    const { drawn } = this;
    const other = c + this.rng!.int(count - c);
    const column = drawn[other];
    drawn[other] = drawn[c];
    drawn[c] = column;
  }

  private release(node: TreeNode): void {
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

  /** Parts the rows of the first `size` nodes of the batch and leaves in it, in their order, those that have a split. Returns how many. */
  private part(size: number, columns: Int32Array): number {
    const { batch, search } = this;
    if (size === 1 || !this.team!.part(batch, size, columns))
      for (let i = 0; i < size; i++)
        if (batch[i].column !== NO_SPLIT || search.find(batch[i], columns)) this.partOne(batch[i]);
    let count = 0;
    for (let i = 0; i < size; i++)
      if (batch[i].column === NO_SPLIT) this.release(batch[i]);
      else batch[count++] = batch[i];
    return count;
  }

  private partOne(node: TreeNode): void {
    const isAll = this.hasAll && node.index === 0;
    if (!isAll) node.middle = partNode(this.histograms, node);
    else if (!this.team?.partAll(node)) node.middle = partAll(this.histograms, node);
  }

  /** Splits the first `size` nodes of the batch, whose rows are parted. */
  private split(size: number, columns: Int32Array, goesOn: boolean): void {
    const { batch, own, sharesSums } = this;
    let count = 0;
    for (let i = 0; i < size; i++) {
      const [a, b] = this.divide(batch[i]);
      if (!goesOn || a.depth >= this.options.maxDepth) this.release(batch[i]);
      else if (sharesSums) this.pair(batch[i], a, b, count++);
    }
    if (count > 0) this.shareSums(count, columns);
    for (let i = 0; i < size; i++) {
      const left = own.lefts[batch[i].index];
      if (!goesOn || this.nodes[left].depth >= this.options.maxDepth) continue;
      this.examine(left, columns);
      this.examine(left + 1, columns);
    }
  }

  /** Makes the children of a node whose rows are parted. */
  private divide(node: TreeNode): readonly [TreeNode, TreeNode] {
    const { nodes, own } = this;
    const { index, middle } = node;
    const left = this.count;
    this.count += 2;
    own.features[index] = node.column;
    own.bins[index] = node.bin;
    own.lefts[index] = left;
    own.missingLeft[index] = node.missingLeft;
    own.gains[index] = node.gain;
    const [a, b] = [nodes[left], nodes[left + 1]];
    resetNode(a);
    resetNode(b);
    a.start = node.start;
    a.end = b.start = middle;
    b.end = node.end;
    a.depth = b.depth = node.depth + 1;
    a.gradient = node.leftGradient;
    a.hessian = node.leftHessian;
    b.gradient = node.gradient - node.leftGradient;
    b.hessian = node.hessian - node.leftHessian;
    this.makeLeaf(left);
    this.makeLeaf(left + 1);
    this.bound(node, a, b);
    return [a, b];
  }

  /** The larger child gets the sums of its parent, of which those of the smaller one are taken. */
  private pair(node: TreeNode, a: TreeNode, b: TreeNode, place: number): void {
    const [small, large] = a.end - a.start <= b.end - b.start ? [a, b] : [b, a];
    small.slot = this.free[--this.freeCount];
    large.slot = node.slot;
    node.slot = NO_SLOT;
    this.made[place] = small;
    this.other[place] = large;
  }

  /** What a node is until it is split. */
  private makeLeaf(index: number): void {
    const { own } = this;
    own.features[index] = -1;
    own.bins[index] = 0;
    own.lefts[index] = index;
    own.missingLeft[index] = 0;
    own.values[index] = 0;
    own.gains[index] = 0;
    own.ends[index] = this.nodes[index].end;
  }

  /** Under a monotone column the children's predictions stay on their sides of the middle. */
  private bound(node: TreeNode, a: TreeNode, b: TreeNode): void {
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

  private shareSums(count: number, columns: Int32Array): void {
    const { histograms, made, other } = this;
    if (this.team?.share(columns, made, other, count, this.search)) return;
    for (let i = 0; i < count; i++) {
      histograms.fill(made[i].slot, columns, 0, columns.length, made[i].start, made[i].end);
      histograms.subtract(other[i].slot, made[i].slot, columns);
    }
  }

  /** Says the values of the leaves that are nobody else's. */
  private value(): void {
    const { own, nodes, leaves, options } = this;
    let count = 0;
    for (let i = 0; i < this.count; i++) if (own.features[i] < 0 && nodes[i].graftCount === 0) leaves[count++] = i;
    if (this.team?.value(nodes, leaves, count, own.values)) return;
    for (let leaf = 0; leaf < count; leaf++)
      own.values[leaves[leaf]] = leafValue(this.histograms, nodes[leaves[leaf]], options);
  }

  /** Lists the leaves below a node in order of their rows. */
  private list(index: number): void {
    const { tree } = this;
    if (tree.features[index] >= 0) {
      this.list(tree.lefts[index]);
      this.list(tree.lefts[index] + 1);
      return;
    }
    this.leafEnds[this.leafCount] = tree.ends[index];
    this.leafValues[this.leafCount++] = tree.values[index];
  }
}
