import type { BinnedColumns } from './binned-columns';
import { NO_SPLIT, UNKNOWN, type NodeSums, type OpenNode } from './growing-node';
import type { Histograms } from './histograms';

export interface SplitRules {
  /** Added to the hessian sum of a node, >= 0. */
  readonly l2: number;
  /** Least hessian sum of a child. */
  readonly minChildWeight: number;
  /** What a split has to improve the objective by, >= 0. */
  readonly minGain: number;
  /** Per column 1, 0 or -1: predictions may only rise with it, be as they like, only fall. Empty: all 0. */
  readonly monotone: Int8Array;
}

/** Gains that differ by less than this part are equal: the lower column and then the lower bin is taken. */
const EQUAL_GAINS = 1e-10;
/** Gains below are of rounding. */
const LEAST_GAIN = 1e-9;
const WEIGHT_SLACK = 1 - 1e-9;
/** A child of less has no rows. */
const LEAST_WEIGHT = 1e-9;

/** The value of a node that is best for the objective. */
export function nodeValue(gradient: number, hessian: number, l2: number, lowest: number, highest: number): number {
  const value = hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
  return value < lowest ? lowest : value > highest ? highest : value;
}

/** Says what a search has to know of the columns. */
export function describeColumns({ traits }: Histograms, binned: BinnedColumns, monotone: Int8Array): void {
  for (let j = 0; j < binned.k; j++) traits.set([binned.cuts[j].length, binned.hasMissing[j], monotone[j] ?? 0], 3 * j);
}

/** Finds the best split of one node; its fields are the answer. */
export class SplitSearch {
  gain = 0;
  column: number = NO_SPLIT;
  bin = 0;
  missingLeft = 0;
  leftGradient = 0;
  leftHessian = 0;
  private threshold = 0;
  private parent = 0;
  /** Least hessian sum of a child that has rows. */
  readonly least: number;
  /** What a split has to gain more than. */
  readonly leastGain: number;

  /** @param histograms whose columns are described, see `describeColumns`. */
  constructor(
    private readonly histograms: Histograms,
    private readonly rules: SplitRules,
  ) {
    this.leastGain = Math.max(rules.minGain, LEAST_GAIN);
    this.least = Math.max(rules.minChildWeight * WEIGHT_SLACK, LEAST_WEIGHT);
  }

  begin(node: NodeSums): void {
    this.gain = 0;
    this.column = NO_SPLIT;
    this.threshold = this.leastGain;
    this.parent = this.score(node);
  }

  /** Twice what a node takes off the objective. */
  score({ gradient, hessian, lowest, highest }: NodeSums): number {
    const { l2 } = this.rules;
    const value = nodeValue(gradient, hessian, l2, lowest, highest);
    return -value * (2 * gradient + (hessian + l2) * value);
  }

  /** Finds the best split of a node on these columns and writes it to the node; false where there is none. */
  find(node: OpenNode, columns: Int32Array): boolean {
    this.begin(node);
    if (node.gainsAt !== UNKNOWN) this.tryGainers(node.slot, columns, node.gainsAt, node);
    else this.try(node.slot, columns, 0, columns.length, node);
    return this.tell(node);
  }

  /** Writes what was found to the node; false where nothing was. */
  tell(node: OpenNode): boolean {
    node.column = this.column;
    if (this.column < 0) return false;
    node.gain = this.gain;
    node.bin = this.bin;
    node.missingLeft = this.missingLeft;
    node.leftGradient = this.leftGradient;
    node.leftHessian = this.leftHessian;
    return true;
  }

  /** Tries the splits of columns[from .. to); compiled where it can be, with the same answer. */
  try(slot: number, columns: Int32Array, from: number, to: number, node: NodeSums): void {
    const { state } = this.histograms;
    state[0] = node.gradient;
    state[1] = node.hessian;
    state[2] = node.lowest;
    state[3] = node.highest;
    state[4] = this.parent;
    state[5] = this.least;
    state[6] = this.rules.l2;
    state[7] = this.threshold;
    state[11] = -1;
    if (!this.histograms.search(slot, columns, from, to, EQUAL_GAINS)) {
      for (let c = from; c < to; c++) this.tryOne(slot, columns[c], node);
      return;
    }
    if (state[11] < 0) return;
    this.threshold = state[7];
    this.gain = state[8];
    this.leftGradient = state[9];
    this.leftHessian = state[10];
    this.column = state[11];
    this.bin = state[12];
    this.missingLeft = state[13];
  }

  /** The same where it is known, from place `at` of memory.gains on, what each column gains, or 0 where another before gains more. */
  tryGainers(slot: number, columns: Int32Array, at: number, node: NodeSums): void {
    const { gains } = this.histograms.memory;
    for (let c = 0; c < columns.length; c++)
      if (gains[at + columns[c]] > this.threshold) this.try(slot, columns, c, c + 1, node);
  }

  /** Of one column: missing values right of all, and left of all where there are some. */
  private tryOne(slot: number, column: number, node: NodeSums): void {
    const { sums, stride, traits } = this.histograms;
    const base = this.histograms.at(slot, column);
    this.scan(base, column, node, 0, 0, 0);
    if (traits[3 * column + 1] === 0) return;
    const missing = base + stride - 2;
    this.scan(base, column, node, sums[missing], sums[missing + 1], 1);
  }

  private scan(
    base: number,
    column: number,
    node: NodeSums,
    gradient: number,
    hessian: number,
    missingLeft: number,
  ): void {
    const { sums, traits } = this.histograms;
    const { l2 } = this.rules;
    const { lowest, highest, gradient: totalGradient, hessian: totalHessian } = node;
    const { least } = this;
    const direction = traits[3 * column + 2];
    // where nothing is missing there is nothing behind the last cut; the values themselves against the missing are a split too
    const last = traits[3 * column] - (traits[3 * column + 1] === 1 && missingLeft === 0 ? 0 : 1);
    for (let bin = 0; bin <= last; bin++) {
      gradient += sums[base + 2 * bin];
      hessian += sums[base + 2 * bin + 1];
      if (hessian < least) continue;
      const rightHessian = totalHessian - hessian;
      if (rightHessian < least) break;
      const rightGradient = totalGradient - gradient;
      const left = nodeValue(gradient, hessian, l2, lowest, highest);
      const right = nodeValue(rightGradient, rightHessian, l2, lowest, highest);
      if (direction * (right - left) < 0) continue;
      const gain =
        (-left * (2 * gradient + (hessian + l2) * left) -
          right * (2 * rightGradient + (rightHessian + l2) * right) -
          this.parent) /
        2;
      if (gain <= this.threshold) continue;
      this.gain = gain;
      this.threshold = gain + gain * EQUAL_GAINS;
      this.column = column;
      this.bin = bin;
      this.missingLeft = missingLeft;
      this.leftGradient = gradient;
      this.leftHessian = hessian;
    }
  }
}
