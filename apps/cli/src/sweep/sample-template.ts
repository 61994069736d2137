import { gridOfColumns } from '@assay/quant';
import { runTemplateSweep } from './run-template-sweep';
import { sampleCells } from './sample-cells';
import { FIGURES, type SampledSearch } from './search-flags';
import { gridAxes, gridOfCell, parameterColumns } from './template-cells';
import { metricOfCells } from './template-metric';
import type { TemplateSweep } from './template-sweep';

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
  const names = [...parameters.map(() => ''), ...FIGURES, ...(sweep.metric ? [sweep.metric] : [])];
  const width = names.length;
  const evaluate = async (cells: Uint32Array): Promise<Float64Array[]> => {
    const columns = Array.from({ length: width }, () => new Float64Array(cells.length));
    for (const [place, cell] of cells.entries()) {
      const single = gridOfCell(sweep.grid, parameters, cell);
      const result = await runTemplateSweep({ ...sweep, grid: single }, { threads: 1 });
      const figures = [result.totalReturn, result.sharpe, result.maxDrawdown];
      if (sweep.metric !== undefined) figures.push(metricOfCells({ ...sweep, grid: single }, [0, 1]));
      [...gridAxes(single), ...figures].forEach(([value], c) => (columns[c][place] = value));
    }
    return columns;
  };
  return sampleCells(grid, search, evaluate, names, onProgress);
}
