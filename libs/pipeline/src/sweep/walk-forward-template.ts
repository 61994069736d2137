import type { BarColumns } from '@assay/domain';
import {
  buyAndHoldReturns,
  checkSweep,
  costPerSide,
  hasSweptWindows,
  idleCells,
  ofHeldCells,
  sweepTemplates,
  sweepWindows,
  templateCells,
  TemplateTargets,
  type Costs,
  type FillRule,
  type SweepResult,
  type SweepTemplate,
} from '@assay/quant';
import { blockReturns, CLOSED, CONTINUOUS, type ResolvedOptions, segmentPaths } from '../backtest';
import { walkForwardPlan, type Progress, type ScoredSlice, type WalkForwardLayout } from '../validation';
import { drawnCells, type DrawnCells } from './drawn-cells';
import { FoldJudge, newFoldFigures, writeFolds, type FoldFigures } from './fold-figures';
import type { SweepGrid } from './grid';
import { checkedSelection, type SelectedBy } from './selected-by';
import { chooseInFolds, type SearchPlan, type WalkForwardSearchOutcome } from './walk-forward-choice';

export interface TemplateSearchInput {
  template: SweepTemplate;
  /** Values of its two parameters, each strictly ascending. */
  grid: { first: Float64Array; second: Float64Array };
  bars: BarColumns;
  options: { fill: FillRule; costs: Costs; periodsPerYear: number } & Pick<ScoredSlice, 'start' | 'end'>;
  layout?: WalkForwardLayout;
  /** Default `sharpe_ratio`. */
  by?: SelectedBy;
  /** Null: every cell. */
  drawn?: DrawnCells | null;
}

const BPS = 1e4;
/** What the sweep kernels know of a cell, and its name among the metrics. */
const KERNEL_FIGURES = {
  sharpe_ratio: 'sharpe',
  total_return: 'totalReturn',
  max_drawdown: 'maxDrawdown',
} as const satisfies Record<string, keyof SweepResult>;

/**
 * `walkForwardSearch` over the cells of a template: accounting `all_in`, long only. Filled at the close, the means that cross are walked once for all
 * windows by the kernels of the sweep; every other cell is a run of its own.
 * @throws DomainError as `walkForwardSearch`; RangeError that names a parameter which the template excludes, or a close that is no price
 */
export function walkForwardTemplate(
  { template, grid, bars, options, layout, by = 'sharpe_ratio', drawn = null }: TemplateSearchInput,
  onProgress?: Progress,
): WalkForwardSearchOutcome {
  const metric = checkedSelection(by);
  const { fill, costs, periodsPerYear } = options;
  const kernel = { feeBps: costPerSide(costs) * BPS, periodsPerYear };
  checkSweep(bars.close, grid, kernel);
  const laidOut = walkForwardPlan(
    { lookback: lookbackOf(template, grid), ownFrom: 0, horizon: 0, openTimeMs: bars.openTimeMs },
    options,
    layout,
  );
  const columns = templateCells(template, grid);
  const cellsGrid = gridOfTemplate(template, grid, columns);
  const cells = drawn ? drawnCells(cellsGrid, drawn) : Uint32Array.from(columns.first.keys());
  const resolved: ResolvedOptions = { engine: 'vectorized', mode: 'all_in', fill, costs, periodsPerYear };
  const targets = new TemplateTargets(template, bars.close);
  const byKernels = metric in KERNEL_FIGURES && fill === 'close' && !drawn && hasSweptWindows(template, grid);
  const figures = byKernels
    ? foldsOf(laidOut, KERNEL_FIGURES[metric as keyof typeof KERNEL_FIGURES], (windows) =>
        sweepWindows(template, bars.close, grid, kernel, windows),
      )
    : foldsOfRuns();
  return chooseInFolds(
    {
      ...{ grid: cellsGrid, cells, periodsPerYear },
      ...{ openTimeMs: bars.openTimeMs, close: bars.close, market: buyAndHoldReturns(bars.close) },
      tradedIn: (i, { train, test }) => {
        const traded = { weights: targets.of(columns.first[cells[i]!]!, columns.second[cells[i]!]!) };
        return {
          inSample: blockReturns(bars, traded, train, resolved, CONTINUOUS),
          outOfSample: blockReturns(bars, traded, test, resolved, CLOSED),
        };
      },
    },
    by,
    laidOut,
    figures,
  );

  function foldsOfRuns(): FoldFigures {
    const folded = { splits: laidOut.splits, metric };
    const found = newFoldFigures(folded, cells.length);
    const judge = new FoldJudge(bars, folded);
    const path = segmentPaths(bars, [0, bars.close.length], resolved);
    cells.forEach((cell, i) => {
      const traded = { weights: targets.of(columns.first[cell]!, columns.second[cell]!) };
      writeFolds(found, i, judge.ofRule(traded, path(traded).returns, resolved));
      onProgress?.((i + 1) / cells.length);
    });
    return found;
  }
}

/** One column a window, put where its fold is. */
function foldsOf(
  { splits }: SearchPlan,
  figure: keyof SweepResult,
  sweep: (windows: (readonly [number, number])[]) => SweepResult[],
): FoldFigures {
  const all = sweep([...splits.map(({ train }) => train), ...splits.map(({ test }) => test)]);
  const [trained, tested] = [all.slice(0, splits.length), all.slice(splits.length)];
  const idle = trained.map((window) => Float64Array.from(idleCells(window.totalReturn, window.maxDrawdown)));
  return {
    trained: trained.map((window, fold) => ofHeldCells(window[figure], idle[fold]!)),
    tested: tested.map((window) => window[figure]),
    idle,
  };
}

/** Bars before the first on which every cell can decide. */
function lookbackOf(template: SweepTemplate, { first, second }: TemplateSearchInput['grid']): number {
  const windows = template === 'sma-cross' ? [...first, ...second] : [...first];
  return Math.max(...windows) - 1;
}

function gridOfTemplate(
  template: SweepTemplate,
  { first, second }: TemplateSearchInput['grid'],
  columns: { first: Float64Array; second: Float64Array },
): SweepGrid {
  const names = sweepTemplates[template];
  const places = [first, second].map((axis) => new Map(Array.from(axis, (value, at) => [value, at])));
  return {
    params: [
      { path: names.first, values: first },
      { path: names.second, values: second },
    ],
    size: columns.first.length,
    positionsOf: (cell) => [places[0]!.get(columns.first[cell]!)!, places[1]!.get(columns.second[cell]!)!],
    valuesOf: (cell) => [columns.first[cell]!, columns.second[cell]!],
  };
}
