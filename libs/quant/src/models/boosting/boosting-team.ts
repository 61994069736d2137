import type { BinnedColumns } from '../trees/binned-columns';
import type { SplitSearch } from '../trees/best-split';
import { slotsOf, type GrowingNode, type GrowingTeam } from '../trees/grow-tree';
import { HistogramMemory, PACKED } from '../trees/histogram-memory';
import { Histograms } from '../trees/histograms';
import { Team } from '../team/team';
import { MOST_PARTS } from '../team/team-words';
import {
  KIND,
  LEAF_NOTES,
  NO_SLOT,
  NODE_NOTES,
  NOTE,
  NOTES,
  type BoostingJob,
  type HelperThreads,
} from './boosting-job';
import type { BoostingOptions } from './boosting-options';
import { BoostingParts } from './boosting-parts';

/** Nanoseconds of a row and of a bin of one column, about: what is less than a round of talk is not shared. */
const [ROW_NS, BIN_NS] = [0.6, 2.5];
const ROUND_NS = 8000;
const ROW_PARTS = 16;
const LEAF_PARTS = 64;

const shared = {
  doubles: (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length)),
  integers: (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length)),
  bytes: (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length)),
  copy(values: Float64Array): Float64Array {
    if (values.buffer instanceof SharedArrayBuffer) return values;
    const copied = shared.doubles(values.length);
    // one by one: what copies typed arrays is slow where memory is shared
    for (let i = 0; i < values.length; i++) copied[i] = values[i];
    return copied;
  },
};

/** A fit on several threads: by columns, by rows or by leaves, never so that a sum has another order than on one. */
export class BoostingTeam implements GrowingTeam {
  readonly histograms: Histograms;
  readonly scores: Float64Array;
  private readonly team: Team;
  private readonly job: BoostingJob;

  private constructor(options: BoostingOptions, memory: HistogramMemory) {
    const { labels, weights, isRegression = false, rate, l2 } = options;
    const { shape } = memory;
    const { n, k, maxBins } = shape;
    this.histograms = new Histograms(memory);
    this.scores = shared.doubles(n);
    this.team = new Team((kind, part) => parts.doPart(kind, part), options.patienceMs);
    this.job = {
      lane: 0,
      words: this.team.words,
      shape,
      memory: memory.shared!,
      ...{ rows: shared.copy(options.rows), labels: shared.copy(labels), weights: weights && shared.copy(weights) },
      ...{ isRegression, rate, l2, scores: this.scores },
      cuts: shared.doubles(k * maxBins),
      cutCounts: shared.integers(k),
      hasMissing: shared.bytes(k),
      columns: shared.integers(k),
      notes: shared.doubles(NOTES),
      leaves: shared.doubles(LEAF_NOTES * Math.min(n, options.maxLeaves, 2 ** options.maxDepth)),
    };
    const parts = new BoostingParts(this.job, this.histograms);
  }

  /** Null where there are no helpers, or no memory that threads share: then the fit is one thread's. */
  static gather(options: BoostingOptions): BoostingTeam | null {
    const { helpers, n, k, maxBins } = options;
    if (helpers === undefined || !(helpers.count >= 1)) return null;
    const memory = HistogramMemory.share({ n, k, maxBins, slots: slotsOf(options, n), threads: helpers.count + 1 });
    if (memory === null) return null;
    const team = new BoostingTeam(options, memory);
    team.call(helpers);
    return team;
  }

  private call(helpers: HelperThreads): void {
    for (let helper = 0; helper < helpers.count; helper++) helpers.start(helper, { ...this.job, lane: helper + 1 });
  }

  close(): void {
    this.team.close();
  }

  binColumns(): BinnedColumns {
    const { shape, notes, cuts, cutCounts, hasMissing } = this.job;
    const { n, k, maxBins } = shape;
    const each = this.columnsEach(k);
    notes[NOTE.columnsPerPart] = each;
    this.team.run(KIND.bins, Math.ceil(k / each));
    const own = Array.from(cutCounts, (count, j) => Float64Array.from(cuts.subarray(j * maxBins, j * maxBins + count)));
    return { n, k, maxBins, cuts: own, codes: this.histograms.codes, hasMissing };
  }

  /** Gradients and hessians of all rows. */
  writePairs(): void {
    const { notes, shape } = this.job;
    const each = Math.ceil(shape.n / ROW_PARTS);
    notes[NOTE.rowsPerPart] = each;
    this.team.run(KIND.pairs, Math.ceil(shape.n / each));
  }

  share(columns: Int32Array, made: GrowingNode, other: GrowingNode | null, search: SplitSearch): boolean {
    const { job } = this;
    const { notes, shape } = job;
    const nodes = other === null ? 1 : 2;
    const work = columns.length * ((made.end - made.start) * ROW_NS + nodes * shape.maxBins * BIN_NS);
    if (work < ROUND_NS) return false;
    const each = this.columnsEach(columns.length);
    job.columns.set(columns);
    notes[NOTE.columns] = columns.length;
    notes[NOTE.columnsPerPart] = each;
    notes[NOTE.slot] = made.slot;
    notes[NOTE.start] = made.start;
    notes[NOTE.end] = made.end;
    notes[NOTE.from] = other === null ? NO_SLOT : other.slot;
    notes[NOTE.nodeCount] = nodes;
    notes[NOTE.least] = search.least;
    notes[NOTE.leastGain] = search.leastGain;
    this.note(made, 0, search);
    if (other !== null) this.note(other, 1, search);
    this.team.run(KIND.sums, Math.ceil(columns.length / each));
    return true;
  }

  /** As many as the compiled loops take at once, more where there were too many parts. */
  private columnsEach(columns: number): number {
    return PACKED * Math.ceil(columns / (PACKED * MOST_PARTS));
  }

  private note(node: GrowingNode, place: number, search: SplitSearch): void {
    const { notes, shape } = this.job;
    const at = NOTE.nodes + place * NODE_NOTES;
    notes[at] = node.slot;
    notes[at + 1] = node.gradient;
    notes[at + 2] = node.hessian;
    notes[at + 3] = node.lowest;
    notes[at + 4] = node.highest;
    notes[at + 5] = search.score(node);
    node.gainsAt = place * shape.k;
  }

  value(nodes: readonly GrowingNode[], leaves: Int32Array, count: number, values: Float64Array): void {
    const { notes, leaves: own } = this.job;
    for (let leaf = 0; leaf < count; leaf++) {
      const { start, end, lowest, highest } = nodes[leaves[leaf]];
      const at = leaf * LEAF_NOTES;
      own[at] = start;
      own[at + 1] = end;
      own[at + 2] = lowest;
      own[at + 3] = highest;
    }
    const each = Math.ceil(count / LEAF_PARTS);
    notes[NOTE.leaves] = count;
    notes[NOTE.leavesPerPart] = each;
    this.team.run(KIND.leaves, Math.ceil(count / each));
    for (let leaf = 0; leaf < count; leaf++) values[leaves[leaf]] = own[leaf * LEAF_NOTES + 4];
  }
}
