import { gridOfColumns, templateCells } from '@assay/quant';
import { runTemplateSweep } from './run-template-sweep';
import { sampleCells } from './sample-cells';
import type { SampledSearch } from './search-flags';
import type { TemplateSweep } from './template-cells';

/**
 * The cells of a template that a search asks for: each a grid of its own, since a cell's bits do not depend on the grid it
 * is run in. On the calling thread: a cell takes less time than handing it over.
 */
export function sampleTemplate(
  sweep: TemplateSweep,
  search: SampledSearch,
  onProgress: (fraction: number) => void,
): Promise<Float64Array[]> {
  const { first, second } = templateCells(sweep.template, sweep.grid);
  const grid = gridOfColumns([sweep.grid.first, sweep.grid.second], [first, second]);
  const evaluate = async (cells: Uint32Array): Promise<Float64Array[]> => {
    const columns = Array.from({ length: 5 }, () => new Float64Array(cells.length));
    for (const [place, cell] of cells.entries()) {
      const single = { first: first.subarray(cell, cell + 1), second: second.subarray(cell, cell + 1) };
      const result = await runTemplateSweep({ ...sweep, grid: single }, { threads: 1 });
      const figures = [result.totalReturn, result.sharpe, result.maxDrawdown];
      [single.first, single.second, ...figures].forEach(([value], c) => (columns[c][place] = value));
    }
    return columns;
  };
  return sampleCells(grid, search, evaluate, onProgress);
}
