import { binColumn } from '../trees/bin-rows';
import { ColumnCoder } from '../trees/column-coder';
import { leafValue } from '../trees/grow-tree';
import { HistogramMemory } from '../trees/histogram-memory';
import { Histograms } from '../trees/histograms';
import { helpTeam } from '../team/help-team';
import type { DoPart } from '../team/team-words';
import { KIND, LEAF_NOTES, NODE_NOTES, NOTE, type BoostingJob } from './boosting-job';
import { writePairs } from './gradient-pairs';

/** The work of a boosting fit in parts, as each of its threads does it. */
export class BoostingParts {
  private coder: ColumnCoder | undefined;

  constructor(
    private readonly job: BoostingJob,
    readonly histograms: Histograms,
  ) {}

  readonly doPart: DoPart = (kind, part) => {
    if (kind === KIND.sums) this.sums(part);
    else if (kind === KIND.pairs) this.pairs(part);
    else if (kind === KIND.leaves) this.leaves(part);
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

  private pairs(part: number): void {
    const { scores, notes, shape } = this.job;
    const each = notes[NOTE.rowsPerPart];
    writePairs(this.job, scores, this.histograms.pairs, part * each, Math.min(shape.n, (part + 1) * each));
  }

  private sums(part: number): void {
    const { notes, columns, shape } = this.job;
    const { histograms } = this;
    const from = part * notes[NOTE.columnsPerPart];
    const to = Math.min(notes[NOTE.columns], from + notes[NOTE.columnsPerPart]);
    const parent = notes[NOTE.from];
    histograms.fill(notes[NOTE.slot], columns, from, to, notes[NOTE.start], notes[NOTE.end]);
    if (parent >= 0) histograms.subtract(parent, notes[NOTE.slot], columns, from, to);
    const { state } = histograms;
    for (let node = 0; node < notes[NOTE.nodeCount]; node++) {
      const at = NOTE.nodes + node * NODE_NOTES;
      for (let i = 0; i < 5; i++) state[i] = notes[at + 1 + i];
      state[5] = notes[NOTE.least];
      state[6] = this.job.l2;
      histograms.gainsOf(notes[at], columns, from, to, notes[NOTE.leastGain], node * shape.k);
    }
  }

  private leaves(part: number): void {
    const { job, histograms } = this;
    const { notes, leaves } = job;
    const each = notes[NOTE.leavesPerPart];
    for (let leaf = part * each; leaf < Math.min(notes[NOTE.leaves], (part + 1) * each); leaf++) {
      const at = leaf * LEAF_NOTES;
      leaves[at + 4] = leafValue(histograms, leaves[at], leaves[at + 1], job, leaves[at + 2], leaves[at + 3]);
    }
  }
}

/** Helps with a fit until it is over; called in the thread of a helper, see `HelperThreads`. */
export function helpBoosting(job: BoostingJob): void {
  const memory = HistogramMemory.over(job.shape, job.memory, job.lane);
  // what cannot be compiled here the leader does alone
  if (memory === null) return;
  helpTeam(job.words, new BoostingParts(job, new Histograms(memory)).doPart);
}
