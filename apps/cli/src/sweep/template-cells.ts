import {
  checkSweep,
  concatColumns,
  costPerSide,
  mergeSweep,
  planSweep,
  ReturnsEngine,
  type SegmentBooks,
  shardCells,
  summariseReturns,
  sweepPart,
  type SweepOptions,
  type SweepPart,
  type SweepPlan,
  templateCells,
  TemplateTargets,
  isProtected,
  protectionAxes,
  readsBars,
  type SweepGrid,
  type SweepResult,
  type SweepTemplate,
} from '@assay/quant';
import { metricOfCells } from './template-metric';
import type { TemplateSweep } from './template-sweep';

/** How a sweep is cut into parts, computed and joined; the result does not depend on who computed which part. */
interface SweepMethod<R, S = SweepResult> {
  plan(sweep: TemplateSweep, threads: number): SweepPlan;
  compute(sweep: TemplateSweep, part: SweepPart): R;
  merge(sweep: TemplateSweep, plan: SweepPlan, results: R[]): S;
}

const BPS = 1e4;
/** So that no thread waits long for another at the end. */
const PARTS_PER_THREAD = 4;

const optionsOf = ({ grid, open, high, low, costs, periodsPerYear }: TemplateSweep): SweepOptions => ({
  feeBps: costPerSide(costs) * BPS,
  // as in the order engine, a resting order pays the fee alone
  targetFeeBps: costs.feeBps,
  bars: readsBars(grid) ? { open, high, low } : undefined,
  periodsPerYear,
});

const parametersOf = (grid: SweepGrid) =>
  (['first', 'second', ...protectionAxes] as const).filter((name) => grid[name] !== undefined);

/** Values of the axes of a grid, the optional ones it has after those of the template. */
export const gridAxes = (grid: SweepGrid): Float64Array[] => parametersOf(grid).map((name) => grid[name]!);

/** The grid of one cell, `parameters` being the columns of all. */
export function gridOfCell(grid: SweepGrid, parameters: readonly Float64Array[], cell: number): SweepGrid {
  const single = parametersOf(grid).map((name, c) => [name, parameters[c].subarray(cell, cell + 1)] as const);
  return Object.fromEntries(single) as unknown as SweepGrid;
}

/** Values of the parameters, one column each, of all cells in grid order. */
export const parameterColumns = (template: SweepTemplate, grid: SweepGrid): Float64Array[] =>
  gridAxes(templateCells(template, grid));

/** Times a cell of a pass bar by bar takes longer than one of the kernels that skip from trade to trade. */
const PASS_WEIGHT = 4;

/** Cells x bars, as a measure of the time of a sweep by the kernels. */
export const cellBarsOf = ({ grid, close }: TemplateSweep, cells: number): number =>
  cells * close.length * (isProtected(grid) ? PASS_WEIGHT : 1);

/** Fill `close`: the sweep kernels. */
const byKernels: SweepMethod<SegmentBooks> = {
  plan(sweep, threads) {
    checkSweep(sweep.close, sweep.grid, optionsOf(sweep));
    return planSweep(sweep.template, sweep.grid, sweep.close.length, threads === 1 ? 1 : threads * PARTS_PER_THREAD);
  },
  compute: (sweep, part) => sweepPart(sweep.template, sweep.close, sweep.grid, optionsOf(sweep), part),
  merge: (sweep, plan, books) => mergeSweep(plan, books, sweep.periodsPerYear),
};

/** Fill `next_open`: every cell through the vectorized engine. */
const byEngine: SweepMethod<SweepResult> = {
  plan({ template, grid, close }, threads) {
    const ranges = shardCells(template, grid, threads * PARTS_PER_THREAD);
    const bars: [number, number] = [0, close.length - 1];
    const cells = ranges.length === 0 ? 0 : ranges[ranges.length - 1][1];
    return { cells, bars: close.length, parts: ranges.map((range) => ({ cells: range, bars })) };
  },
  compute: runCells,
  merge: (_sweep, _plan, parts) => ({
    totalReturn: concatColumns(parts.map((part) => part.totalReturn)),
    sharpe: concatColumns(parts.map((part) => part.sharpe)),
    maxDrawdown: concatColumns(parts.map((part) => part.maxDrawdown)),
  }),
};

/** The metric alone: every cell is a run of its own, with its positions and trades. */
const byRuns: SweepMethod<Float64Array, Float64Array> = {
  plan: byEngine.plan,
  compute: (sweep, { cells }) => metricOfCells(sweep, cells),
  merge: (_sweep, _plan, parts) => concatColumns(parts),
};

export const methodOf = ({ fill, metric }: TemplateSweep): SweepMethod<unknown, unknown> =>
  (metric !== undefined ? byRuns : fill === 'close' ? byKernels : byEngine) as SweepMethod<unknown, unknown>;

function runCells(sweep: TemplateSweep, { cells: [from, to] }: SweepPart): SweepResult {
  const { template, grid, openTimeMs, open, close, costs, fill, periodsPerYear } = sweep;
  const { first, second } = templateCells(template, grid);
  const column = (): Float64Array => new Float64Array(to - from);
  const result = { totalReturn: column(), sharpe: column(), maxDrawdown: column() };
  const targets = new TemplateTargets(template, close);
  const engine = new ReturnsEngine({ openTimeMs, open, close, mode: 'all_in', fill, costs });
  for (let cell = from; cell < to; cell += 1) {
    const { returns } = engine.run(targets.of(first[cell], second[cell]));
    const figures = summariseReturns(returns, periodsPerYear);
    result.totalReturn[cell - from] = figures.totalReturn ?? NaN;
    result.sharpe[cell - from] = figures.sharpe ?? NaN;
    result.maxDrawdown[cell - from] = figures.maxDrawdown ?? NaN;
  }
  return result;
}

export interface PartWork {
  sweep: TemplateSweep;
  plan: SweepPlan;
  /** One number in memory shared by all threads: how many parts have been taken. */
  taken: Int32Array;
}

/** Computes parts until none is left to take; gives those it took with their places in the plan. */
export function takeParts(
  { sweep, plan, taken }: PartWork,
  onPart?: (taken: number) => void,
): [place: number, result: unknown][] {
  const method = methodOf(sweep);
  const done: [number, unknown][] = [];
  for (let place = Atomics.add(taken, 0, 1); place < plan.parts.length; place = Atomics.add(taken, 0, 1)) {
    done.push([place, method.compute(sweep, plan.parts[place])]);
    onPart?.(Atomics.load(taken, 0));
  }
  return done;
}
