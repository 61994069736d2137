import type { ParamValue } from '@assay/contracts';
import {
  betterOf,
  computeMetrics,
  concatColumns,
  highestTie,
  plateauScores,
  PURE_NUMBER,
  type MetricKey,
  type WalkForwardSplit,
} from '@assay/quant';
import type { BacktestOutcome, ScoredFrom } from '../backtest';
import { explained, prefixed, summariseFolds, type FoldSummary, type WalkForwardLayout } from '../validation';
import type { FoldFigures } from './fold-figures';
import type { SweepGrid } from './grid';
import { marketNote, regimeNote, type MarketNote, type RegimeNote } from './market-note';
import { choiceStability, type ChoiceStability } from './parameter-stability';
import { metricBehind, type SelectedBy } from './selected-by';

export interface SearchedFold {
  /** Half-open bar indices. */
  train: [number, number];
  test: [number, number];
  /** Index in the grid; null where no cell that traded has a figure on the training window: then nothing is traded in the test window. */
  cell: number | null;
  params: ParamValue[];
  /** Cells that held nothing on the training window, which are never chosen. */
  idle: number;
  /** What it was chosen by, on the training window. */
  selected: number | null;
  isSharpe: number | null;
  oosSharpe: number | null;
  oosReturn: number | null;
  oosMaxDrawdown: number | null;
  /** Why a figure is null, by its name on the wire. */
  reasons: Record<string, string>;
  /** Middle of the same metric over all cells that have one on the test window: what a choice at random would have had. */
  oosMedian: number | null;
  /** Share of those cells that did better on the test window than the chosen one. */
  oosBeaten: number | null;
  market: { train: MarketNote; test: MarketNote };
  regime: RegimeNote;
  oosReturns: Float64Array;
}

export interface WalkForwardSearchOutcome extends FoldSummary {
  layout: Required<WalkForwardLayout>;
  by: SelectedBy;
  cells: number;
  scored: [number, number];
  scoredFrom: ScoredFrom;
  folds: SearchedFold[];
  /** All test windows after each other: what would have been traded. */
  stitched: { openTimeMs: Float64Array; returns: Float64Array } & Pick<BacktestOutcome, 'metrics' | 'reasons'>;
  stability: ChoiceStability;
  /** The choice on the last training window that has one: what would be traded next. */
  best: { fold: number; cell: number; params: ParamValue[] } | null;
}

/** Where the windows lie. */
export interface SearchPlan {
  layout: Required<WalkForwardLayout>;
  scored: [number, number];
  scoredFrom: ScoredFrom;
  splits: WalkForwardSplit[];
}

/** Whose cells are chosen among, whatever they trade. */
export interface SearchedStrategy {
  grid: Pick<SweepGrid, 'params' | 'valuesOf' | 'positionsOf'>;
  /** Index in the grid of each cell that was tried. */
  cells: Uint32Array;
  openTimeMs: Float64Array;
  close: Float64Array;
  /** Returns of buy and hold, of all bars. */
  market: Float64Array;
  periodsPerYear: number;
  /**
   * Returns of the i-th of `cells`: of the training window as it is in the continuous run, and of the test window when it is traded there
   * alone, entered and left at its own costs.
   */
  tradedIn(i: number, split: WalkForwardSplit): { inSample: Float64Array; outOfSample: Float64Array };
}

/** From the figures of all cells in all windows to what was chosen and what came of it. */
export function chooseInFolds(
  strategy: SearchedStrategy,
  by: SelectedBy,
  { layout, scored, scoredFrom, splits }: SearchPlan,
  { trained, tested, idle }: FoldFigures,
): WalkForwardSearchOutcome {
  const { grid, cells, close, periodsPerYear } = strategy;
  const ranked = by === 'plateau' ? trained.map((values) => plateauOf(grid, cells, values)) : trained;
  const sign = by !== 'plateau' && betterOf(metricBehind(by)) === 'lower' ? -1 : 1;
  const folds = splits.map((split, fold): SearchedFold => {
    const { train, test } = split;
    const market = { train: marketNote(close, train, periodsPerYear), test: marketNote(close, test, periodsPerYear) };
    const windows = { train: [...train] as [number, number], test: [...test] as [number, number] };
    const told = { ...windows, market, regime: regimeNote(market.train, market.test), idle: sum(idle[fold]!) };
    const best = bestOf(ranked[fold]!, sign);
    if (best < 0) return { ...told, ...nothing(test, metricBehind(by), told.idle === cells.length) };
    const { inSample, outOfSample } = strategy.tradedIn(best, split);
    const [is, oos] = [explained(inSample, { periodsPerYear }), explained(outOfSample, { periodsPerYear })];
    return {
      ...told,
      ...{ cell: cells[best]!, params: grid.valuesOf(cells[best]!), selected: ranked[fold]![best]! },
      ...{ isSharpe: is.sharpe, oosSharpe: oos.sharpe, oosReturn: oos.totalReturn, oosMaxDrawdown: oos.maxDrawdown },
      reasons: {
        ...(is.sharpe === null ? { is_sharpe: is.reasons.sharpe! } : {}),
        ...prefixed('oos_', oos.reasons),
      },
      ...placeOf(tested[fold]!, best, sign),
      oosReturns: outOfSample,
    };
  });
  const last = folds.findLastIndex(({ cell }) => cell !== null);
  return {
    ...{ layout, by, cells: cells.length, scored, scoredFrom, folds },
    stitched: stitchedOf(folds, strategy),
    ...summariseFolds(folds, 'selection'),
    stability: choiceStability(
      grid.params,
      folds.map(({ cell, params }) => (cell === null ? null : { cell, params })),
    ),
    best: last < 0 ? null : { fold: last, cell: folds[last]!.cell!, params: folds[last]!.params },
  };
}

/** The Sharpe ratio of each cell judged with its neighbours on the grid, where those were taken. */
function plateauOf(grid: SearchedStrategy['grid'], cells: Uint32Array, values: Float64Array): Float64Array {
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

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** The first of the best values; -1 where none is defined. */
function bestOf(values: Float64Array, sign: 1 | -1): number {
  let best = -1;
  let level = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = sign * values[i]!;
    if (value !== value || (best >= 0 && value <= level)) continue;
    best = i;
    level = highestTie(value, PURE_NUMBER);
  }
  return best;
}

/** Where the chosen cell came among all of them on the test window. */
function placeOf(values: Float64Array, chosen: number, sign: 1 | -1): Pick<SearchedFold, 'oosMedian' | 'oosBeaten'> {
  const defined = values.filter((value) => value === value).sort();
  const own = values[chosen]!;
  if (defined.length === 0 || own !== own) return { oosMedian: null, oosBeaten: null };
  const middle = defined.length >> 1;
  const oosMedian = defined.length % 2 === 1 ? defined[middle]! : (defined[middle - 1]! + defined[middle]!) / 2;
  const level = highestTie(sign * own, PURE_NUMBER);
  let better = 0;
  for (const value of defined) if (sign * value > level) better += 1;
  return { oosMedian, oosBeaten: better / defined.length };
}

function nothing(
  [from, to]: readonly [number, number],
  metric: MetricKey,
  allIdle: boolean,
): Omit<SearchedFold, 'train' | 'test' | 'idle' | 'market' | 'regime'> {
  const why = `no cell ${allIdle ? 'held anything' : `has a ${metric}`} on the training window, so nothing is traded`;
  return {
    ...{ cell: null, params: [], selected: null, isSharpe: null, oosSharpe: null, oosReturn: 0, oosMaxDrawdown: 0 },
    reasons: { selected: why, is_sharpe: why, oos_sharpe: why },
    ...{ oosMedian: null, oosBeaten: null, oosReturns: new Float64Array(to - from) },
  };
}

function stitchedOf(
  folds: readonly SearchedFold[],
  { openTimeMs, market, periodsPerYear }: Pick<SearchedStrategy, 'openTimeMs' | 'market' | 'periodsPerYear'>,
): WalkForwardSearchOutcome['stitched'] {
  const returns = concatColumns(folds.map((fold) => fold.oosReturns));
  const benchmarkReturns = concatColumns(folds.map(({ test }) => market.subarray(...test)));
  const { metrics, reasons } = computeMetrics({ returns, periodsPerYear, benchmarkReturns });
  return {
    openTimeMs: concatColumns(folds.map(({ test }) => openTimeMs.subarray(...test))),
    ...{ returns, metrics, reasons },
  };
}
