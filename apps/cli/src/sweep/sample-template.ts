import { gridOfColumns } from '@assay/quant';
import { runTemplateSweep } from './run-template-sweep';
import { sampleCells } from './sample-cells';
import type { SampledSearch } from './search-flags';
import { FIGURES } from './sweep-result';
import { gridAxes, gridOfCell, parameterColumns, type TemplateSweep } from './template-cells';

/**
 * The cells of a template that a search asks for: each a grid of its own, since a cell's bits do not depend on the grid it
 * is run in. On the calling thread: a cell takes less time than handing it over.
 */
export function sampleTemplate(
  sweep: TemplateSweep,
  search: SampledSearch,
  onProgress: (fraction: number) => void,
): Promise<Float64Array[]> {
  const parameters = parameterColumns(sweep.template, sweep.grid);
  const grid = gridOfColumns(gridAxes(sweep.grid), parameters);
  const width = parameters.length + FIGURES.length;
  const evaluate = async (cells: Uint32Array): Promise<Float64Array[]> => {
    const columns = Array.from({ length: width }, () => new Float64Array(cells.length));
    for (const [place, cell] of cells.entries()) {
      const single = gridOfCell(sweep.grid, parameters, cell);
      const result = await runTemplateSweep({ ...sweep, grid: single }, { threads: 1 });
      const figures = [result.totalReturn, result.sharpe, result.maxDrawdown];
      [...gridAxes(single), ...figures].forEach(([value], c) => (columns[c][place] = value));
    }
    return columns;
  };
  return sampleCells(grid, search, evaluate, onProgress);
}
