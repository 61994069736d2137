import { cellCount, createCellSearch, idleCells, ofHeldCells, type CellGrid } from '@assay/quant';
import { UsageError } from '../args/usage-error';
import { counted } from '../output/table';
import type { SampledSearch } from './search-flags';

/** Parameter columns, then the figures; one row per cell asked for, in its order. */
type EvaluateCells = (cells: Uint32Array) => Float64Array[] | Promise<Float64Array[]>;

/**
 * Asks the search for cells, batch after batch, until all samples are evaluated.
 * @param columnNames of the columns of `evaluate`
 * @returns The columns of `evaluate` over all sampled cells, in grid order.
 * @throws UsageError when there are more samples than cells.
 */
export async function sampleCells(
  grid: CellGrid,
  { samples, metric, ...options }: SampledSearch,
  evaluate: EvaluateCells,
  columnNames: readonly string[],
  onProgress: (fraction: number) => void,
): Promise<Float64Array[]> {
  const most = cellCount(grid);
  if (samples > most)
    throw new UsageError(`--samples must be at most the ${counted(most)} cells of the grid, was ${samples}`);
  const search = createCellSearch(grid, { ...options, samples });
  const asked = new Uint32Array(samples);
  const columns: Float64Array[] = [];
  let done = 0;
  for (let batch = search.ask(); batch.length > 0; batch = search.ask()) {
    const evaluated = await evaluate(batch);
    const figure = (name: string): Float64Array => evaluated[columnNames.lastIndexOf(name)];
    search.tell(ofHeldCells(figure(metric), idleCells(figure('total_return'), figure('max_drawdown'))));
    asked.set(batch, done);
    evaluated.forEach((column, c) => (columns[c] ??= new Float64Array(samples)).set(column, done));
    done += batch.length;
    onProgress(done / samples);
  }
  const order = Uint32Array.from(asked.keys()).sort((a, b) => asked[a] - asked[b]);
  return columns.map((column) => Float64Array.from(order, (place) => column[place]));
}
