import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SweepShardPayload } from '@assay/contracts';
import { gridOf, universeLookbackOf } from '@assay/pipeline';
import type { JobContext } from '@assay/platform';
import { trialHash } from '../../recipes/recipe-document';
import { recipeOfUniverse } from '../../recipes/recipe-universe';
import type { Compute } from '../../runs/compute';
import { trialFrom } from '../../runs/trial-from';
import type { UniverseInputs } from '../../runs/universe/universe-inputs';
import { cellDocument } from './sweep-cells';
import { planOf } from './sweep-plan';
import type { TriedCells } from './tried-cells';

/** Tries the cells of a shard over a universe. A document states its own costs and accounting, so that a cell is its own recipe. */
export async function universeCells(
  { payload, signal, progress }: Pick<JobContext<SweepShardPayload>, 'payload' | 'signal' | 'progress'>,
  { document, series }: UniverseInputs,
  compute: Compute,
): Promise<TriedCells> {
  const { cells, metric: asked } = payload;
  const plan = planOf(payload, document)!;
  const { totalReturn, sharpe, maxDrawdown, metric, returns, openTimeMs } = await compute.sweepUniverse(
    { document, plan, series, cells: Uint32Array.from(cells), withSeries: true, metric: asked },
    { signal, onProgress: (fraction) => void progress(0.9 * fraction).catch(() => undefined) },
  );
  // figures are scored from each cell's own lookback, as its backtest would be; the ledger begins where the gates do
  const from = trialFrom(universeLookbackOf(document), openTimeMs.length);
  const grid = gridOf(plan);
  const tried: TriedCells['tried'] = [];
  for (const [i, cell] of cells.entries()) {
    tried.push({
      configHash: trialHash(recipeOfUniverse(cellDocument(document, grid, cell))),
      params: Object.fromEntries(grid.valuesOf(cell).map((value, p) => [plan.params[p]!.path, value])),
      returns: returns[i]!.slice(from),
    });
    // a document has all its symbols, so that its hash takes a while
    await nextTurn();
  }
  return { totalReturn, sharpe, maxDrawdown, metric, tried, openTimeMs: openTimeMs.slice(from) };
}
