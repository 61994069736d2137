import type { ParamValue, StrategyDocument } from '@assay/contracts';
import { modelPlan, type BarColumns, type StageMemo } from '@assay/domain';
import { invalidField } from '@assay/primitives';
import {
  betterOf,
  buyAndHoldReturns,
  computeMetric,
  computeMetrics,
  concatColumns,
  isAbove,
  overfittingRatio,
  plateauScores,
  PURE_NUMBER,
  sampleStd,
  METRIC_KEYS,
  METRICS_OF_TRADING,
  type MetricKey,
} from '@assay/quant';
import {
  heldValues,
  resolveOptions,
  segmentPaths,
  type BacktestOptions,
  type BacktestOutcome,
  type PathRun,
  type ScoredFrom,
} from '../backtest';
import {
  backtestPredictions,
  evaluatePrepared,
  firstOwnBar,
  isRefitted,
  prepareStrategy,
  strategyLookback,
} from '../evaluator';
import { StageCache } from '../stages';
import { judgedStrategy, summarise, walkForwardPlan, type Progress, type WalkForwardLayout } from '../validation';
import { selectedCells, type CellSelection } from './cell-selection';
import { checkedCell } from './checked-cell';
import { gridOf, type SweepGrid, type SweepPlan } from './grid';
import { memoOfSweep, sharingOrder } from './shared-stages';

/** What the cells of a training window are ranked by: a metric of returns, or the Sharpe ratio judged with its neighbours on the grid. */
export type SelectedBy = MetricKey | 'plateau';

export interface WalkForwardSearchInput {
  document: StrategyDocument;
  plan: SweepPlan;
  bars: BarColumns;
  /** Of a model that was trained elsewhere, which every cell has; null for every other. */
  artifact?: Uint8Array | null;
  options?: BacktestOptions;
  layout?: WalkForwardLayout;
  /** Default `sharpe_ratio`. */
  by?: SelectedBy;
  /** Default: all cells. */
  cells?: CellSelection;
}

/** Of a stretch of bars, close to close: what kind of market it was. */
export interface MarketNote {
  /** Buy and hold, compounded. */
  totalReturn: number;
  /** Annualised. */
  volatility: number | null;
}

export interface SearchedFold {
  /** Half-open bar indices. */
  train: [number, number];
  test: [number, number];
  /** Index in the grid; null where no cell has a figure on the training window: then nothing is traded in the test window. */
  cell: number | null;
  params: ParamValue[];
  /** What it was chosen by, on the training window. */
  selected: number | null;
  isSharpe: number | null;
  oosSharpe: number | null;
  oosReturn: number | null;
  oosMaxDrawdown: number | null;
  /** Middle of the same metric over all cells that have one on the test window: what a choice at random would have had. */
  oosMedian: number | null;
  /** Share of those cells that did better on the test window than the chosen one. */
  oosBeaten: number | null;
  market: { train: MarketNote; test: MarketNote };
  oosReturns: Float64Array;
}

/** How a parameter moved from fold to fold. */
export interface ParameterStability {
  path: string;
  /** Chosen in each fold; null in a fold without a choice. */
  values: (ParamValue | null)[];
  distinct: number;
  /** Mean steps on its own grid from one fold to the next; null with fewer than two choices. */
  meanStep: number | null;
}

export interface WalkForwardSearchOutcome {
  layout: Required<WalkForwardLayout>;
  by: SelectedBy;
  cells: number;
  scored: [number, number];
  scoredFrom: ScoredFrom;
  folds: SearchedFold[];
  /** All test windows after each other: what would have been traded. */
  stitched: { openTimeMs: Float64Array; returns: Float64Array } & Pick<BacktestOutcome, 'metrics' | 'reasons'>;
  meanIs: number | null;
  meanOos: number | null;
  profitableFolds: number;
  /** Null unless every fold has both Sharpe ratios and the mean in sample is above 0. */
  overfittingRatio: number | null;
  stability: ParameterStability[];
}

const SEAMS = { seamCosts: true };
const CONTINUOUS = { seamCosts: false };

/**
 * Walk-forward that searches: in each training window the cell with the best figure is chosen anew, and that one is traded in the test window
 * after it. Nothing of a test window is seen by the choice before it. Indicators are warm in a test window; its position is opened and closed at
 * its own costs, since another cell may have been chosen before. A model is fitted anew on each training window; one that was
 * trained elsewhere stays as it is, and no bar up to the end of its training is scored.
 * Cells are taken one after the other over all folds, so that what they share is computed once.
 * @throws DomainError `validation_failed` as `sweepStrategy` and `runWalkForward`, and for a metric that no stretch of returns has
 */
export function walkForwardSearch(
  {
    document,
    plan,
    bars,
    artifact = null,
    options = {},
    layout: asked = {},
    by = 'sharpe_ratio',
    cells: selection,
  }: WalkForwardSearchInput,
  onProgress?: Progress,
  memo: StageMemo = new StageCache(),
): WalkForwardSearchOutcome {
  const metric = metricOf(by);
  const grid = gridOf(plan);
  const cells = selectedCells(selection, grid.size);
  const columns = Object.keys(bars.extra);
  const documentAt = (i: number): StrategyDocument => checkedCell(document, grid, cells[i]!, columns);
  const resolved = resolveOptions(document, options);
  const needs = needsOf(cells.length, documentAt);
  const shared = memoOfSweep(memo, plan.params);
  const ownFrom = artifact === null ? 0 : firstOwnBar(prepareStrategy(documentAt(0), bars, shared), artifact);
  const { layout, scored, scoredFrom, splits } = walkForwardPlan(
    { ...needs, ownFrom, openTimeMs: bars.openTimeMs },
    options,
    asked,
  );
  const { periodsPerYear } = resolved;
  const market = buyAndHoldReturns(heldValues(bars, resolved.fx));
  const figure = (returns: Float64Array, [from, to]: readonly [number, number]): number =>
    computeMetric(metric, { returns, periodsPerYear, benchmarkReturns: market.subarray(from, to) }) ?? NaN;
  const trained = splits.map(() => new Float64Array(cells.length).fill(NaN));
  const tested = splits.map(() => new Float64Array(cells.length).fill(NaN));

  let path: PathRun | undefined;
  const order = sharingOrder(grid, cells);
  order.forEach((i, done) => {
    const cell = documentAt(i);
    const prepared = prepareStrategy(cell, bars, shared);
    const own = resolveOptions(cell, options);
    if (isRefitted(prepared)) {
      const judged = judgedStrategy(prepared, own);
      splits.forEach(({ train, test }, fold) => {
        const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
        trained[fold]![i] = figure(inSample!(train, CONTINUOUS), train);
        tested[fold]![i] = figure(outOfSample!(test, CONTINUOUS), test);
      });
    } else {
      // a fixed rule's stretches are slices of its continuous run
      const evaluation = evaluatePrepared(prepared, backtestPredictions(prepared, artifact), own.fill);
      path ??= segmentPaths(bars, [0, bars.close.length], own);
      const { returns } = path(evaluation, { costs: own.costs, margin: own.margin });
      splits.forEach(({ train, test }, fold) => {
        trained[fold]![i] = figure(returns.subarray(...train), train);
        tested[fold]![i] = figure(returns.subarray(...test), test);
      });
    }
    onProgress?.((done + 1) / cells.length);
  });

  const ranked = by === 'plateau' ? trained.map((values) => plateauOf(grid, cells, values)) : trained;
  const sign = by !== 'plateau' && betterOf(metric) === 'lower' ? -1 : 1;
  const folds = splits.map(({ train, test }, fold): SearchedFold => {
    const best = bestOf(ranked[fold]!, sign);
    const common = { train: [...train] as [number, number], test: [...test] as [number, number] };
    const notes = { train: noteOf(bars, train, periodsPerYear), test: noteOf(bars, test, periodsPerYear) };
    if (best < 0) return { ...common, market: notes, ...nothing(test) };
    const chosen = documentAt(best);
    const judged = judgedStrategy(prepareStrategy(chosen, bars, shared), resolveOptions(chosen, options), artifact);
    const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
    const is = summarise(inSample!(train, CONTINUOUS), periodsPerYear);
    const oosReturns = outOfSample!(test, SEAMS);
    const oos = summarise(oosReturns, periodsPerYear);
    return {
      ...{
        ...common,
        market: notes,
        cell: cells[best]!,
        params: grid.valuesOf(cells[best]!),
        selected: ranked[fold]![best]!,
      },
      ...{ isSharpe: is.sharpe, oosSharpe: oos.sharpe, oosReturn: oos.totalReturn, oosMaxDrawdown: oos.maxDrawdown },
      ...placeOf(tested[fold]!, best, sign),
      oosReturns,
    };
  });
  return {
    ...{ layout, by, cells: cells.length, scored, scoredFrom, folds },
    stitched: stitchedOf(folds, bars.openTimeMs, market, periodsPerYear),
    ...summaryOf(folds),
    stability: plan.params.map(({ path: name, values }, p) =>
      stabilityOf(folds, name, Array.from(values as ArrayLike<ParamValue>), p),
    ),
  };
}

/** @throws DomainError for a metric that has no better direction, or that needs positions or trades */
function metricOf(by: SelectedBy): MetricKey {
  if (by === 'plateau') return 'sharpe_ratio';
  const usable = METRIC_KEYS.filter((key) => betterOf(key) !== null && !METRICS_OF_TRADING.has(key));
  if (usable.includes(by)) return by;
  const message = `by must be plateau or a metric of returns of which one value is the better, one of ${usable.join(', ')}, was ${by}`;
  throw invalidField('by', 'metric_of_returns', by, message);
}

/** The longest lookback and horizon of all cells: every cell is judged on the same bars. */
function needsOf(count: number, documentAt: (i: number) => StrategyDocument): { lookback: number; horizon: number } {
  let [lookback, horizon] = [0, 0];
  for (let i = 0; i < count; i++) {
    const cell = documentAt(i);
    lookback = Math.max(lookback, strategyLookback(cell));
    if (cell.kind === 'pipeline') horizon = Math.max(horizon, modelPlan(cell.model)?.label.horizon ?? 0);
  }
  return { lookback, horizon };
}

/** The Sharpe ratio of each cell judged with its neighbours on the grid, where those were taken. */
function plateauOf(grid: SweepGrid, cells: Uint32Array, values: Float64Array): Float64Array {
  const axes = grid.params.map(({ values: at }) => ({
    size: at.length,
    kind: typeof at[0] === 'number' ? ('ordered' as const) : ('categorical' as const),
  }));
  const places = Float64Array.from(cells, (cell) =>
    grid.positionsOf(cell).reduce((place, position, p) => place * axes[p]!.size + position, 0),
  );
  const rowAt = Uint32Array.from(places.keys()).sort((i, j) => places[i]! - places[j]!);
  const positions = Uint32Array.from(rowAt, (row) => places[row]!);
  const scores = new Float64Array(values.length);
  plateauScores(
    { axes, positions },
    Float64Array.from(rowAt, (row) => values[row]!),
  ).forEach((score, at) => (scores[rowAt[at]!] = score));
  return scores;
}

/** The first of the best values; -1 where none is defined. */
function bestOf(values: Float64Array, sign: 1 | -1): number {
  let best = -1;
  values.forEach((value, i) => {
    if (value !== value) return;
    if (best < 0 || isAbove(sign * value, sign * values[best]!, PURE_NUMBER)) best = i;
  });
  return best;
}

/** Where the chosen cell came among all of them on the test window. */
function placeOf(values: Float64Array, chosen: number, sign: 1 | -1): Pick<SearchedFold, 'oosMedian' | 'oosBeaten'> {
  const defined = values.filter((value) => value === value).sort();
  const own = values[chosen]!;
  if (defined.length === 0 || own !== own) return { oosMedian: null, oosBeaten: null };
  const middle = defined.length >> 1;
  const oosMedian = defined.length % 2 === 1 ? defined[middle]! : (defined[middle - 1]! + defined[middle]!) / 2;
  const better = defined.reduce((count, value) => count + (isAbove(sign * value, sign * own, PURE_NUMBER) ? 1 : 0), 0);
  return { oosMedian, oosBeaten: better / defined.length };
}

const nothing = ([from, to]: readonly [number, number]): Omit<SearchedFold, 'train' | 'test' | 'market'> => ({
  ...{ cell: null, params: [], selected: null, isSharpe: null, oosSharpe: null, oosReturn: 0, oosMaxDrawdown: 0 },
  ...{ oosMedian: null, oosBeaten: null, oosReturns: new Float64Array(to - from) },
});

function noteOf({ close }: BarColumns, [from, to]: readonly [number, number], periodsPerYear: number): MarketNote {
  const returns = buyAndHoldReturns(close.subarray(Math.max(from - 1, 0), to)).subarray(from > 0 ? 1 : 0);
  const before = close[from > 0 ? from - 1 : from]!;
  return {
    totalReturn: close[to - 1]! / before - 1,
    volatility: returns.length < 2 ? null : sampleStd(returns) * Math.sqrt(periodsPerYear),
  };
}

function stitchedOf(
  folds: readonly SearchedFold[],
  openTimeMs: Float64Array,
  market: Float64Array,
  periodsPerYear: number,
) {
  const returns = concatColumns(folds.map((fold) => fold.oosReturns));
  const benchmarkReturns = concatColumns(folds.map(({ test }) => market.subarray(...test)));
  const { metrics, reasons } = computeMetrics({ returns, periodsPerYear, benchmarkReturns });
  return {
    openTimeMs: concatColumns(folds.map(({ test }) => openTimeMs.subarray(...test))),
    returns,
    metrics,
    reasons,
  };
}

function summaryOf(folds: readonly SearchedFold[]) {
  const mean = (values: (number | null)[]): number | null => {
    const defined = values.filter((value) => value !== null);
    return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
  };
  const [meanIs, meanOos] = [mean(folds.map((fold) => fold.isSharpe)), mean(folds.map((fold) => fold.oosSharpe))];
  const complete = folds.every(({ isSharpe, oosSharpe }) => isSharpe !== null && oosSharpe !== null);
  return {
    ...{ meanIs, meanOos },
    profitableFolds: folds.filter(({ oosReturn }) => isAbove(oosReturn ?? 0, 0, PURE_NUMBER)).length / folds.length,
    overfittingRatio: complete ? overfittingRatio(meanIs, meanOos) : null,
  };
}

function stabilityOf(
  folds: readonly SearchedFold[],
  path: string,
  grid: readonly ParamValue[],
  p: number,
): ParameterStability {
  const values = folds.map(({ params }) => params[p] ?? null);
  const chosen = values.filter((value) => value !== null);
  let steps = 0;
  for (let k = 1; k < chosen.length; k++) steps += Math.abs(grid.indexOf(chosen[k]!) - grid.indexOf(chosen[k - 1]!));
  return {
    ...{ path, values, distinct: new Set(chosen).size },
    meanStep:
      chosen.length < 2 || chosen.some((value) => typeof value !== 'number') ? null : steps / (chosen.length - 1),
  };
}
