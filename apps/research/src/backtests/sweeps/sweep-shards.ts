import { shardRange, type Range } from '@assay/compute';

/** Cells times bars that a shard takes on; a sweep of less runs in one. */
export const SHARD_WORK = 1_000_000;
const MOST_SHARD_CELLS = 500;
/** A cell that fits models anew costs about so many that do not. */
const FITTED_COST = 50;

/**
 * Cuts a sweep into consecutive ranges of cells. Depends on the work alone, so that the number of workers changes neither a result
 * nor who may take what.
 *
 * @param fitted whether each cell fits a model
 */
export function sweepShards(cells: number, bars: number, fitted: boolean): Range[] {
  const perCell = bars * (fitted ? FITTED_COST : 1);
  const most = Math.min(MOST_SHARD_CELLS, Math.max(1, Math.floor(SHARD_WORK / perCell)));
  return shardRange(cells, Math.ceil(cells / most));
}
