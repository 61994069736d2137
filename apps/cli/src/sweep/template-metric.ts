import {
  buyAndHoldReturns,
  computeMetric,
  isProtected,
  protectionAxes,
  templateCells,
  type Protection,
} from '@assay/quant';
import { runTemplate } from '../backtest/template-run';
import type { TemplateSweep } from './template-sweep';

/** The metric of the cells [from, to) in grid order, each as its own backtest has it; NaN where it is undefined. */
export function metricOfCells(sweep: TemplateSweep, [from, to]: readonly [number, number]): Float64Array {
  const { template, grid, fill, costs, periodsPerYear, metric } = sweep;
  const cells = templateCells(template, grid);
  const benchmarkReturns = buyAndHoldReturns(sweep.close);
  const protectionOf = (cell: number): Protection =>
    Object.fromEntries(protectionAxes.flatMap((axis) => (cells[axis] ? [[axis, cells[axis][cell]] as const] : [])));
  return Float64Array.from({ length: to - from }, (_, i) => {
    const cell = from + i;
    const run = runTemplate(sweep, {
      ...{ template, first: cells.first[cell], second: cells.second[cell], engine: 'vectorized', fill, costs },
      protection: isProtected(grid) ? protectionOf(cell) : undefined,
    });
    return computeMetric(metric!, { ...run, periodsPerYear, benchmarkReturns }) ?? NaN;
  });
}
