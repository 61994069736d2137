import type { Range } from '@assay/compute';
import type { SweepShardPayload, SweepSpace, SweptBars } from '@assay/contracts';
import { modelPlanOf } from '@assay/domain';
import type { SweepGrid, SweptDocument } from '@assay/pipeline';
import type { NewShard } from '@assay/platform';
import { gridPart } from './grid-part';
import { sweepShards, universeShards } from './sweep-shards';

/** What is swept. */
export interface CutSweep {
  space: Pick<SweepSpace, 'strategy_id' | 'revision' | 'source' | 'candidates'>;
  document: SweptDocument;
  swept: SweptBars;
  /** Null for candidates. */
  grid: SweepGrid | null;
  /** Cells of the whole sweep, over which the progress is weighed. */
  total: number;
}

/** What a shard finds out of its cells beside the three figures. */
export type AskedOfCells = Pick<SweepShardPayload, 'metric' | 'cross_validation' | 'walk_forward'>;

/** Shards of some cells, of which the first fills row `firstRow` of the result. */
export function cutShards(
  { space, document, swept, grid, total }: CutSweep,
  cells: Uint32Array,
  firstRow: number,
  { metric, cross_validation: judged, walk_forward: folds }: AskedOfCells,
): NewShard<SweepShardPayload>[] {
  const { strategy_id, revision, source, candidates } = space;
  return rangesOf(document, cells.length, swept, judged !== undefined).map(([from, to]) => {
    const own = cells.subarray(from, to);
    const part = grid && gridPart(grid, own);
    return {
      kind: 'backtest.sweep_shard',
      weight: own.length / total,
      payload: {
        strategy_id,
        revision,
        source,
        params: part && part.params,
        constraints: [],
        existing: null,
        swept,
        first_row: firstRow + from,
        cells: part ? part.cells : [...own],
        ...(metric && { metric }),
        ...(judged && { cross_validation: judged }),
        ...(folds && { walk_forward: folds }),
        candidates: candidates && Array.from(own, (cell) => candidates[cell]!),
      },
    };
  });
}

function rangesOf(
  document: SweptDocument,
  cells: number,
  { bars, series = [] }: SweptBars,
  isCrossValidated: boolean,
): Range[] {
  if (document.kind !== 'universe') return sweepShards(cells, bars, isCrossValidated || modelPlanOf(document) !== null);
  return universeShards(
    cells,
    series.reduce((sum, one) => sum + one.bars, 0),
  );
}
