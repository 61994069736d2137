import type { BinnedColumns } from '../trees/binned-columns';
import type { SplitSearch } from '../trees/best-split';
import { copyNodes } from '../trees/graft-tree';
import { isBestFirst, mostLeavesOf, slotsOf, type TreeGrower, type TreeOptions } from '../trees/grow-tree';
import { readOpen, UNKNOWN, writeOpen, type GrowingNode, type OpenNode, type TreeNode } from '../trees/growing-node';
import type { GrowingTeam } from '../trees/growing-team';
import { HistogramMemory, PACKED } from '../trees/histogram-memory';
import { Histograms } from '../trees/histograms';
import { canPlace, goesLeft } from '../trees/part-node';
import type { GrownTree } from '../trees/tree-store';
import { shared } from '../../team/shared-arrays';
import { Team } from '../../team/team';
import type { TeamHelpers } from '../../team/team-helpers';
import { MOST_PARTS } from '../../team/team-words';
import {
  ADDING,
  KIND,
  LEAF_NOTES,
  NODE_NOTES,
  NOTE,
  NOTES,
  PAIR,
  PAIR_NOTES,
  PARTED,
  PARTED_NOTES,
  TASK,
  TASK_NOTES,
  type BoostingJob,
} from './boosting-job';
import type { BoostingOptions } from './boosting-options';
import { BoostingParts } from './boosting-parts';
import { rowNumbersOf } from './boosting-rows';
import { fromBothEnds } from './part-order';
import { sharedTree } from './shared-tree';

/** Nanoseconds of a row and of a bin of one column, of a row of a leaf and of a parted one, about: what is less than a round of talk is not shared. */
const [ROW_NS, BIN_NS, LEAF_ROW_NS, PARTED_ROW_NS] = [0.6, 2.5, 1, 1.5];
const ROUND_NS = 8000;
/** Of each thread, and in all at most: more of them cost more searches in the leaves than they even out. */
const ROW_PARTS = 4;
/** Of each thread at least, of the columns of nodes whose sums are made together. */
const SUM_PARTS = 4;
const MOST_ROW_PARTS = 64;
const LEAF_PARTS = 64;
/** Nodes of up to 1 / (4 x threads) of a tree's rows are grown on by one thread each, of up to 1 / 32 of them with many threads. */
const NODES_PER_THREAD = 4;
const MOST_NODES = 32;
/** At most so many such nodes wait at once, at least 8, and so many bytes are the sums that are kept. */
const MOST_TAKEN = 32;
const LEAST_TAKEN = 8;
const KEPT_BYTES = 2 ** 23;

/** A fit on several threads: by columns, by rows, by nodes or by leaves, never so that a sum has another order than on one. */
export class BoostingTeam implements GrowingTeam {
  readonly histograms: Histograms;
  readonly mostTaken: number;
  readonly grown: GrownTree;
  private readonly team: Team;
  private readonly job: BoostingJob;
  /** Nodes of more rows are not taken. */
  private mostRows = 0;
  private grownCount = 0;

  private constructor(options: BoostingOptions, memory: HistogramMemory, slots: Slots) {
    const { isRegression = false } = options;
    const { rate, l2, minChildWeight, minGain, monotone, maxDepth, maxLeaves } = options;
    const { shape } = memory;
    const { n, k, maxBins } = shape;
    const growing: TreeOptions = { rate, l2, minChildWeight, minGain, monotone, maxDepth, maxLeaves };
    const mostLeaves = mostLeavesOf(options, n);
    this.histograms = new Histograms(memory);
    this.mostTaken = slots.taken;
    this.grown = sharedTree(2 * mostLeaves);
    this.team = new Team((kind, part) => parts.doPart(kind, part), options.patienceMs);
    this.job = {
      lane: 0,
      words: this.team.words,
      shape,
      memory: memory.shared!,
      rows: shared.copy(options.rows),
      isRegression,
      growing,
      cuts: shared.doubles(k * maxBins),
      cutCounts: shared.integers(k),
      hasMissing: shared.bytes(k),
      columns: shared.integers(k),
      notes: shared.doubles(NOTES),
      leaves: shared.doubles(LEAF_NOTES * mostLeaves),
      leafEnds: shared.integers(mostLeaves),
      leafValues: shared.doubles(mostLeaves),
      tree: sharedTree(2 * mostLeaves),
      leftsBefore: shared.integers(MOST_ROW_PARTS),
      parted: shared.doubles(PARTED_NOTES * shape.splits),
      pairs: shared.doubles(PAIR_NOTES * shape.splits),
      tasks: shared.doubles(TASK_NOTES * slots.taken),
      grown: this.grown,
      ownSlots: slots.leader,
      slotsEach: slots.each,
    };
    const parts = new BoostingParts(this.job, this.histograms);
  }

  /** Null where there are no helpers, or no memory that threads share: then the fit is one thread's. */
  static gather(options: BoostingOptions): BoostingTeam | null {
    const { helpers, n, k, maxBins } = options;
    if (helpers === undefined || !(helpers.count >= 1)) return null;
    const threads = helpers.count + 1;
    const own = slotsFor(options, threads);
    const slots = own.leader + threads * own.each;
    const memory = HistogramMemory.share({
      ...{ n, k, maxBins, slots, threads },
      splits: own.splits,
      rowNumbers: rowNumbersOf(options),
    });
    if (memory === null) return null;
    const team = new BoostingTeam(options, memory, own);
    team.call(helpers);
    return team;
  }

  private call(helpers: TeamHelpers<BoostingJob>): void {
    for (let helper = 0; helper < helpers.count; helper++) helpers.start(helper, { ...this.job, lane: helper + 1 });
  }

  close(): void {
    this.team.close();
  }

  /** How many slots a grower that leads has. */
  get slots(): readonly [number, number] {
    return [0, this.job.ownSlots];
  }

  binColumns(): BinnedColumns {
    const { shape, notes, cuts, cutCounts, hasMissing } = this.job;
    const { n, k, maxBins } = shape;
    const each = Math.ceil(k / MOST_PARTS);
    notes[NOTE.columnsPerPart] = each;
    this.team.run(KIND.bins, Math.ceil(k / each));
    const own = Array.from(cutCounts, (count, j) => Float64Array.from(cuts.subarray(j * maxBins, j * maxBins + count)));
    return { n, k, maxBins, cuts: own, codes: this.histograms.codes, hasMissing };
  }

  /** Adds the tree grown before, if any, to the scores of all rows, and finds their gradients and hessians. */
  nextPairs(before: TreeGrower | null, hasAllRows: boolean, meanwhile: () => void): void {
    const { job } = this;
    const { notes, shape } = job;
    const each = Math.ceil(shape.n / Math.min(MOST_ROW_PARTS, ROW_PARTS * shape.threads));
    notes[NOTE.rowsPerPart] = each;
    notes[NOTE.adding] = ADDING.nothing;
    if (before !== null && hasAllRows) {
      notes[NOTE.adding] = ADDING.leaves;
      notes[NOTE.addedLeaves] = before.leafCount;
      for (let leaf = 0; leaf < before.leafCount; leaf++) {
        job.leafEnds[leaf] = before.leafEnds[leaf];
        job.leafValues[leaf] = before.leafValues[leaf];
      }
    } else if (before !== null) {
      notes[NOTE.adding] = ADDING.walks;
      copyNodes(before.tree, before.count, job.tree, 0);
    }
    this.team.run(KIND.rows, Math.ceil(shape.n / each), meanwhile);
  }

  openRoot(columns: Int32Array, root: GrowingNode): boolean {
    const { job } = this;
    const { notes, shape } = job;
    const rows = root.end - root.start;
    this.grownCount = 0;
    this.mostRows = 0;
    if (columns.length * rows * ROW_NS < ROUND_NS) return false;
    if (this.mostTaken > 0) this.mostRows = rows / shape.splits;
    this.noteColumns(columns, 1);
    notes[NOTE.slot] = root.slot;
    notes[NOTE.end] = root.end;
    this.team.run(KIND.root, 1 + notes[NOTE.columnParts]);
    root.gradient = notes[NOTE.gradient];
    root.hessian = notes[NOTE.hessian];
    return true;
  }

  partAll(root: TreeNode): boolean {
    const { histograms, job } = this;
    const { notes, leftsBefore } = job;
    const { start, end, column, bin } = root;
    if ((end - start) * PARTED_ROW_NS < ROUND_NS || !canPlace(histograms, root)) return false;
    const each = notes[NOTE.rowsPerPart];
    const parts = Math.ceil(end / each);
    let left = 0;
    for (let part = 0; part < parts; part++) {
      leftsBefore[part] = left;
      left += histograms.countUpTo(column, bin, part * each, Math.min(end, (part + 1) * each));
    }
    notes[NOTE.column] = column;
    notes[NOTE.bin] = bin;
    notes[NOTE.middle] = root.middle = left;
    root.missingLeft = goesLeft(root, left);
    this.team.run(KIND.placed, parts);
    return true;
  }

  get splitsTogether(): boolean {
    return this.mostRows > 0;
  }

  part(nodes: readonly TreeNode[], count: number, columns: Int32Array): boolean {
    const { parted } = this.job;
    let rows = 0;
    for (let i = 0; i < count; i++) rows += nodes[i].end - nodes[i].start;
    if (rows * PARTED_ROW_NS < ROUND_NS) return false;
    const order = fromBothEnds(count, (i) => nodes[i].end - nodes[i].start);
    this.noteColumns(columns, 1);
    for (let part = 0; part < count; part++) writeOpen(nodes[order[part]], parted, part * PARTED_NOTES);
    this.team.run(KIND.parted, count);
    for (let part = 0; part < count; part++) {
      const node = nodes[order[part]];
      readOpen(node, parted, part * PARTED_NOTES);
      node.middle = parted[part * PARTED_NOTES + PARTED.middle];
    }
    return true;
  }

  share(
    columns: Int32Array,
    made: readonly TreeNode[],
    other: readonly TreeNode[],
    count: number,
    search: SplitSearch,
  ): boolean {
    const { notes, shape, pairs } = this.job;
    let rows = 0;
    for (let i = 0; i < count; i++) rows += made[i].end - made[i].start;
    if (columns.length * (rows * ROW_NS + count * 2 * shape.maxBins * BIN_NS) < ROUND_NS) return false;
    const fours = Math.ceil(columns.length / PACKED);
    this.noteColumns(columns, count, Math.max(1, Math.floor((count * fours) / (SUM_PARTS * shape.threads))));
    notes[NOTE.pairs] = count;
    notes[NOTE.least] = search.least;
    notes[NOTE.leastGain] = search.leastGain;
    fromBothEnds(count, (i) => made[i].end - made[i].start).forEach((i, pair) => {
      const at = pair * PAIR_NOTES;
      pairs[at + PAIR.slot] = made[i].slot;
      pairs[at + PAIR.start] = made[i].start;
      pairs[at + PAIR.end] = made[i].end;
      pairs[at + PAIR.from] = other[i].slot;
      this.note(made[i], 2 * pair, search);
      this.note(other[i], 2 * pair + 1, search);
    });
    this.team.run(KIND.sums, count * notes[NOTE.columnParts]);
    return true;
  }

  /** Cuts the columns for each of `nodes` nodes into parts of `fours` times as many as the compiled loops take at once, more where there were too many parts. */
  private noteColumns(columns: Int32Array, nodes: number, fours = 1): void {
    const { job } = this;
    const { notes } = job;
    job.columns.set(columns);
    const least = Math.ceil(columns.length / (PACKED * Math.floor((MOST_PARTS - 1) / nodes)));
    const each = PACKED * Math.max(fours, least);
    notes[NOTE.columns] = columns.length;
    notes[NOTE.columnsPerPart] = each;
    notes[NOTE.columnParts] = Math.ceil(columns.length / each);
  }

  private note(node: GrowingNode, place: number, search: SplitSearch): void {
    const { pairs, shape } = this.job;
    const at = (place >> 1) * PAIR_NOTES + PAIR.nodes + (place & 1) * NODE_NOTES;
    pairs[at] = node.slot;
    pairs[at + 1] = node.gradient;
    pairs[at + 2] = node.hessian;
    pairs[at + 3] = node.lowest;
    pairs[at + 4] = node.highest;
    pairs[at + 5] = search.score(node);
    node.gainsAt = place * shape.k;
  }

  takes(node: OpenNode): boolean {
    return node.end - node.start <= this.mostRows;
  }

  growBelow(nodes: readonly TreeNode[], taken: Int32Array, count: number): void {
    const { tasks, growing } = this.job;
    const order = fromBothEnds(count, (i) => nodes[taken[i]].end - nodes[taken[i]].start);
    order.forEach((i, part) => {
      const node = nodes[taken[i]];
      const at = part * TASK_NOTES;
      // until then the gains there may be others
      node.gainsAt = UNKNOWN;
      writeOpen(node, tasks, at);
      tasks[at + TASK.at] = node.graftAt = this.grownCount;
      this.grownCount += 2 * Math.min(node.end - node.start, 2 ** (growing.maxDepth - node.depth));
    });
    this.team.run(KIND.trees, count);
    order.forEach((i, part) => (nodes[taken[i]].graftCount = tasks[part * TASK_NOTES + TASK.count]));
  }

  value(nodes: readonly TreeNode[], leaves: Int32Array, count: number, values: Float64Array): boolean {
    const { notes, leaves: own } = this.job;
    let rows = 0;
    for (let leaf = 0; leaf < count; leaf++) {
      const { start, end, lowest, highest } = nodes[leaves[leaf]];
      const at = leaf * LEAF_NOTES;
      own[at] = start;
      own[at + 1] = end;
      own[at + 2] = lowest;
      own[at + 3] = highest;
      rows += end - start;
    }
    if (rows * LEAF_ROW_NS < ROUND_NS) return false;
    const each = Math.ceil(count / LEAF_PARTS);
    notes[NOTE.leaves] = count;
    notes[NOTE.leavesPerPart] = each;
    this.team.run(KIND.leaves, Math.ceil(count / each));
    for (let leaf = 0; leaf < count; leaf++) values[leaves[leaf]] = own[leaf * LEAF_NOTES + 4];
    return true;
  }
}

/** The nodes whose sums a fit keeps at once. */
interface Slots {
  /** Of the leader's grower. */
  readonly leader: number;
  /** Of each thread's, for nodes below one that it has taken. */
  readonly each: number;
  /** Nodes that are split together, and that wait to be grown on by one thread each; at least 1, and 0 where it is only one after the other. */
  readonly splits: number;
  readonly taken: number;
}

function slotsFor(options: BoostingOptions, threads: number): Slots {
  const { n, maxDepth } = options;
  const alone = { leader: slotsOf(options, n), each: 0, splits: 1, taken: 0 };
  // best first there is only one order of nodes
  if (isBestFirst(options)) return alone;
  const splits = Math.min(MOST_NODES, NODES_PER_THREAD * threads);
  // of nodes that have more rows than are taken there are fewer than `splits`, with two children each
  const before = Math.max(alone.leader, 2 * splits);
  const room = Math.floor(KEPT_BYTES / HistogramMemory.slotBytes(options)) - before - threads * maxDepth;
  const taken = Math.min(MOST_TAKEN, room);
  return taken < LEAST_TAKEN ? alone : { leader: before + taken, each: maxDepth, splits, taken };
}
