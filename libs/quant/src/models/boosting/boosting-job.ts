import type { SharedWasmMemory } from '../../kernels/web-assembly';
import type { HistogramShape } from '../trees/histogram-memory';

/** A fit as the threads that help with it get it: plain values and memory that they share. */
export interface BoostingJob {
  /** Number of the thread, from 1 on: who leads is number 0. */
  readonly lane: number;
  readonly words: Int32Array;
  readonly shape: HistogramShape;
  readonly memory: SharedWasmMemory;
  readonly rows: Float64Array;
  readonly labels: Float64Array;
  readonly weights?: Float64Array;
  readonly isRegression: boolean;
  readonly rate: number;
  readonly l2: number;
  readonly scores: Float64Array;
  /** Column after column, maxBins places each. */
  readonly cuts: Float64Array;
  readonly cutCounts: Int32Array;
  readonly hasMissing: Uint8Array;
  /** The columns of the tree. */
  readonly columns: Int32Array;
  /** What a round is about, see NOTE. */
  readonly notes: Float64Array;
  /** Of each leaf start, end, lowest, highest and value. */
  readonly leaves: Float64Array;
}

/** Threads that can help a fit. */
export interface HelperThreads {
  readonly count: number;
  /** Has helper number 0 .. count - 1 call `helpBoosting(job)`; it does not wait, and the helper may be busy or gone. */
  start(helper: number, job: BoostingJob): void;
}

export const KIND = { bins: 0, pairs: 1, sums: 2, leaves: 3 } as const;

/** Places in `notes`. Two nodes follow at `nodes`, each slot, gradient, hessian, lowest, highest and score. */
export const NOTE = {
  columns: 0,
  columnsPerPart: 1,
  slot: 2,
  start: 3,
  end: 4,
  from: 5,
  nodeCount: 6,
  least: 7,
  leastGain: 8,
  leaves: 9,
  leavesPerPart: 10,
  rowsPerPart: 11,
  nodes: 12,
} as const;
export const NODE_NOTES = 6;
export const NOTES = NOTE.nodes + 2 * NODE_NOTES;
export const LEAF_NOTES = 5;
export const NO_SLOT = -1;
