import { binColumn } from '../trees/bin-rows';
import { SplitSearch } from '../trees/best-split';
import { ColumnCoder } from '../trees/column-coder';
import { copyNodes } from '../trees/graft-tree';
import { emptyNode, readOpen, writeOpen } from '../trees/growing-node';
import { TreeGrower } from '../trees/grow-tree';
import { HistogramMemory } from '../trees/histogram-memory';
import { Histograms } from '../trees/histograms';
import { leafValue, sumRows } from '../trees/leaf-value';
import { partNode } from '../trees/part-node';
import { helpTeam } from '../../team/help-team';
import type { DoPart } from '../../team/team-words';
import { addLeaves, addWalks } from './add-tree';
import {
  ADDING,
  KIND,
  LEAF_NOTES,
  NODE_NOTES,
  NOTE,
  PAIR,
  PAIR_NOTES,
  PARTED,
  PARTED_NOTES,
  TASK,
  TASK_NOTES,
  type BoostingJob,
} from './boosting-job';
import { writePairs } from './gradient-pairs';

/** The work of a boosting fit in parts, as each of its threads does it. */
export class BoostingParts {
  private coder: ColumnCoder | undefined;
  private grower: TreeGrower | undefined;
  private columns: Int32Array = new Int32Array(0);
  private search: SplitSearch | undefined;
  private readonly node = emptyNode(0);

  constructor(
    private readonly job: BoostingJob,
    readonly histograms: Histograms,
  ) {}

  readonly doPart: DoPart = (kind, part) => {
    if (kind === KIND.sums) this.sums(part);
    else if (kind === KIND.trees) this.trees(part);
    else if (kind === KIND.parted) this.parted(part);
    else if (kind === KIND.rows) this.rows(part);
    else if (kind === KIND.root) this.root(part);
    else if (kind === KIND.leaves) this.leaves(part);
    else if (kind === KIND.placed) this.placed(part);
    else this.bins(part);
  };

  private bins(part: number): void {
    const { rows, shape, cuts, cutCounts, hasMissing, notes } = this.job;
    const { n, k, maxBins } = shape;
    this.coder ??= new ColumnCoder(n, maxBins);
    const each = notes[NOTE.columnsPerPart];
    for (let j = part * each; j < Math.min(k, (part + 1) * each); j++) {
      const found = binColumn(this.coder, rows, k, j, maxBins, (codes) => this.histograms.memory.setCodes(j, codes));
      cuts.set(found.cuts, j * maxBins);
      cutCounts[j] = found.cuts.length;
      hasMissing[j] = found.hasMissing ? 1 : 0;
    }
  }

  /** Adds the tree before to the scores of some rows, and finds their gradients. */
  private rows(part: number): void {
    const { job, histograms } = this;
    const { memory } = histograms;
    const { notes } = job;
    const [from, to] = this.rowsOf(part);
    if (notes[NOTE.adding] === ADDING.walks) addWalks(job.tree, memory, from, to);
    else if (notes[NOTE.adding] === ADDING.leaves) {
      const { leafEnds, leafValues } = job;
      addLeaves({ leafEnds, leafValues, leafCount: notes[NOTE.addedLeaves] }, memory, from, to);
    }
    writePairs(memory, job.isRegression, from, to);
  }

  /** Parts some of the rows of a root that has all. */
  private placed(part: number): void {
    const { notes, leftsBefore } = this.job;
    const [from, to] = this.rowsOf(part);
    const left = leftsBefore[part];
    this.histograms.place(notes[NOTE.column], notes[NOTE.bin], from, to, left, notes[NOTE.middle] + from - left);
  }

  private rowsOf(part: number): [number, number] {
    const { notes, shape } = this.job;
    const from = part * notes[NOTE.rowsPerPart];
    return [from, Math.min(shape.n, from + notes[NOTE.rowsPerPart])];
  }

  /** Of the root: the sums of all its rows, in one order, or those per bin of some columns. */
  private root(part: number): void {
    const { notes, columns } = this.job;
    const { histograms } = this;
    const order = histograms.rowsOfTree(notes[NOTE.end]);
    if (part === 0) {
      const sums = { gradient: 0, hessian: 0 };
      sumRows(histograms, 0, notes[NOTE.end], sums, order);
      notes[NOTE.gradient] = sums.gradient;
      notes[NOTE.hessian] = sums.hessian;
      return;
    }
    // the last columns, which may be few, right after the sums, which are quick: what is left is parts of one size
    const [from, to] = this.columnsOf(part === 1 ? notes[NOTE.columnParts] - 1 : part - 2);
    histograms.fill(notes[NOTE.slot], columns, from, to, 0, notes[NOTE.end], order);
  }

  /** Finds the split of a node and parts its rows. */
  private parted(part: number): void {
    const { parted, growing } = this.job;
    const { node, histograms } = this;
    const at = part * PARTED_NOTES;
    readOpen(node, parted, at);
    this.search ??= new SplitSearch(histograms, growing);
    if (!this.search.find(node, this.columnsOfTree())) return;
    parted[at + PARTED.middle] = partNode(histograms, node);
    writeOpen(node, parted, at);
  }

  /**
   * The sums of two children in some columns, and what those gain. Columns count before nodes: so from level to level a
   * thread finds codes and sums of the same columns in the cache of its core.
   */
  private sums(part: number): void {
    const { notes, columns, shape, growing, pairs } = this.job;
    const { histograms } = this;
    const pair = part % notes[NOTE.pairs];
    const [from, to] = this.columnsOf(Math.floor(part / notes[NOTE.pairs]));
    const own = pair * PAIR_NOTES;
    const slot = pairs[own + PAIR.slot];
    histograms.fill(slot, columns, from, to, pairs[own + PAIR.start], pairs[own + PAIR.end]);
    histograms.subtract(pairs[own + PAIR.from], slot, columns, from, to);
    const { state } = histograms;
    for (let node = 0; node < 2; node++) {
      const at = own + PAIR.nodes + node * NODE_NOTES;
      for (let i = 0; i < 5; i++) state[i] = pairs[at + 1 + i];
      state[5] = notes[NOTE.least];
      state[6] = growing.l2;
      histograms.gainsOf(pairs[at], columns, from, to, notes[NOTE.leastGain], (2 * pair + node) * shape.k);
    }
  }

  private columnsOf(part: number): [number, number] {
    const { notes } = this.job;
    const from = part * notes[NOTE.columnsPerPart];
    return [from, Math.min(notes[NOTE.columns], from + notes[NOTE.columnsPerPart])];
  }

  /** Grows the tree below a node. */
  private trees(part: number): void {
    const { job, histograms } = this;
    const { tasks, grown, ownSlots, slotsEach, growing, lane } = job;
    this.grower ??= new TreeGrower(histograms, growing, { slots: [ownSlots + lane * slotsEach, slotsEach] });
    const { grower } = this;
    const at = part * TASK_NOTES;
    grower.growBelow(tasks, at, this.columnsOfTree());
    tasks[at + TASK.count] = grower.count;
    copyNodes(grower.tree, grower.count, grown, tasks[at + TASK.at]);
  }

  private columnsOfTree(): Int32Array {
    const { notes, columns } = this.job;
    if (this.columns.length !== notes[NOTE.columns]) this.columns = columns.subarray(0, notes[NOTE.columns]);
    return this.columns;
  }

  private leaves(part: number): void {
    const { job, histograms } = this;
    const { notes, leaves, growing } = job;
    const each = notes[NOTE.leavesPerPart];
    for (let leaf = part * each; leaf < Math.min(notes[NOTE.leaves], (part + 1) * each); leaf++) {
      const at = leaf * LEAF_NOTES;
      const [start, end, lowest, highest] = leaves.subarray(at, at + 4);
      leaves[at + 4] = leafValue(histograms, { start, end, lowest, highest }, growing);
    }
  }
}

/** Helps with a fit until it is over; called in the thread of a helper, see `TeamHelpers`. */
export function helpBoosting(job: BoostingJob): void {
  const memory = HistogramMemory.over(job.shape, job.memory, job.lane);
  // what cannot be compiled here the leader does alone
  if (memory === null) return;
  helpTeam(job.words, new BoostingParts(job, new Histograms(memory)).doPart);
}
