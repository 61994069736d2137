import type { SharedWasmMemory } from '../../kernels/web-assembly';
import type { TreeOptions } from '../trees/grow-tree';
import { OPEN_NUMBERS } from '../trees/growing-node';
import type { HistogramShape } from '../trees/histogram-memory';
import type { GrownTree } from '../trees/tree-store';

/** A fit as the threads that help with it get it: plain values and memory that they share. */
export interface BoostingJob {
  /** Number of the thread, from 1 on: who leads is number 0. */
  readonly lane: number;
  readonly words: Int32Array;
  readonly shape: HistogramShape;
  readonly memory: SharedWasmMemory;
  readonly rows: Float64Array;
  readonly isRegression: boolean;
  readonly growing: TreeOptions;
  /** Column after column, maxBins places each. */
  readonly cuts: Float64Array;
  readonly cutCounts: Int32Array;
  readonly hasMissing: Uint8Array;
  /** The columns of the tree. */
  readonly columns: Int32Array;
  /** What a round is about, see NOTE. */
  readonly notes: Float64Array;
  /** Of each leaf that is valued start, end, lowest, highest and value. */
  readonly leaves: Float64Array;
  /** Of the tree before, whose scores are not added yet: of each leaf, in order of rows, where its rows end, and what it says. */
  readonly leafEnds: Int32Array;
  readonly leafValues: Float64Array;
  /** The same tree, where rows find their leaves by walking. */
  readonly tree: GrownTree;
  /** Of each part of the rows that the root parts, how many rows before it go left. */
  readonly leftsBefore: Int32Array;
  /** Nodes whose splits are found and whose rows are parted, PARTED_NOTES numbers each. */
  readonly parted: Float64Array;
  /** Pairs of children whose sums are made, PAIR_NOTES numbers each. */
  readonly pairs: Float64Array;
  /** Nodes below which trees are grown, TASK_NOTES numbers each. */
  readonly tasks: Float64Array;
  /** What was grown below them. */
  readonly grown: GrownTree;
  /** Slots for nodes below those nodes: where the leader's begin, and how many each thread has. */
  readonly ownSlots: number;
  readonly slotsEach: number;
}

export const KIND = { bins: 0, rows: 1, root: 2, parted: 3, sums: 4, trees: 5, leaves: 6, placed: 7 } as const;

/** Places in `notes`. */
export const NOTE = {
  /** Columns of the tree, of each part, and how many parts they are. */
  columns: 0,
  columnsPerPart: 1,
  columnParts: 2,
  /** Of the root: its slot, how many rows it has, and what they sum to. */
  slot: 3,
  end: 4,
  gradient: 5,
  hessian: 6,
  /** What a split must be. */
  least: 7,
  leastGain: 8,
  leaves: 9,
  leavesPerPart: 10,
  rowsPerPart: 11,
  /** How the tree before is added to the scores, and of how many leaves it is. */
  adding: 12,
  addedLeaves: 13,
  /** Of the root: its column and bin, and where its right child begins. */
  column: 14,
  bin: 15,
  middle: 16,
  /** Nodes whose children's sums are made. */
  pairs: 17,
} as const;
export const NOTES = 18;
export const ADDING = { nothing: 0, leaves: 1, walks: 2 } as const;
/** An open node whose rows are parted, and where its right child begins. */
export const PARTED = { middle: OPEN_NUMBERS } as const;
export const PARTED_NOTES = OPEN_NUMBERS + 1;
/** Slot, start and end of the child that is filled, and the slot of the other; then of both slot, gradient, hessian, lowest, highest and score. */
export const PAIR = { slot: 0, start: 1, end: 2, from: 3, nodes: 4 } as const;
export const NODE_NOTES = 6;
export const PAIR_NOTES = PAIR.nodes + 2 * NODE_NOTES;
export const LEAF_NOTES = 5;
/** An open node, where in `grown` its tree begins, and how many nodes that has. */
export const TASK = { at: OPEN_NUMBERS, count: OPEN_NUMBERS + 1 } as const;
export const TASK_NOTES = OPEN_NUMBERS + 2;
