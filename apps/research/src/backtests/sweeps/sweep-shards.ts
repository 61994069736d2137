import { shardRange, type Range } from '@assay/compute';

/** Cells times bars that a shard takes on; a sweep of less runs in one. */
export const SHARD_WORK = 1_000_000;
const MOST_SHARD_CELLS = 500;
/** A cell that fits models anew costs about so many that do not. */
const FITTED_COST = 50;
/** A shard of a universe reads the bars of all its symbols before its first cell, and takes on cells enough to be worth that. */
const LEAST_UNIVERSE_CELLS = 20;

/**
 * Cuts a sweep into consecutive ranges of cells. Depends on the work alone, so that the number of workers changes neither a result
 * nor who may take what.
 *
 * @param fitted whether each cell fits a model
 */
export const sweepShards = (cells: number, bars: number, fitted: boolean): Range[] =>
  ranges(cells, Math.max(1, Math.floor(SHARD_WORK / (bars * (fitted ? FITTED_COST : 1)))));

/** The same of a universe. @param bars of all its symbols together */
export const universeShards = (cells: number, bars: number): Range[] =>
  ranges(cells, Math.max(LEAST_UNIVERSE_CELLS, Math.floor(SHARD_WORK / bars)));

function ranges(cells: number, most: number): Range[] {
  return shardRange(cells, Math.ceil(cells / Math.min(MOST_SHARD_CELLS, most)));
}
