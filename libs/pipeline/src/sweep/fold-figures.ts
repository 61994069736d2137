import type { BarColumns } from '@assay/domain';
import {
  buyAndHoldReturns,
  computeMetric,
  METRICS_OF_TRADING,
  type FxRates,
  type MetricKey,
  type WalkForwardSplit,
} from '@assay/quant';
import { blockTrades, heldValues, type ResolvedOptions, type TradedTargets } from '../backtest';
import type { PreparedStrategy } from '../evaluator';
import { judgedStrategy, type StretchReturns } from '../validation';

/** In which windows cells are judged, and by what metric. */
export interface FoldedBy {
  splits: readonly WalkForwardSplit[];
  metric: MetricKey;
  /** Leaves out the figures over all scored bars: only the windows are asked for. */
  alone?: boolean;
}

/** The metric of every cell in every window: a column a fold; NaN where it is undefined. */
export interface FoldFigures {
  trained: Float64Array[];
  tested: Float64Array[];
}

type Window = readonly [from: number, to: number];
/** Of one cell, the value of each fold. */
export interface CellFolds {
  trained: number[];
  tested: number[];
}

const CONTINUOUS = { seamCosts: false };

/**
 * The metric of cells in training and test windows. Nothing after a window goes into its value: of trades those that were entered within
 * it count, as they stand at its end.
 */
export class FoldJudge {
  private readonly market: Float64Array;
  private readonly isOfTrading: boolean;

  constructor(
    private readonly bars: BarColumns,
    private readonly by: FoldedBy,
    fx?: FxRates,
  ) {
    this.market = buyAndHoldReturns(heldValues(bars, fx));
    this.isOfTrading = METRICS_OF_TRADING.has(by.metric);
  }

  /** Of a fixed rule, whose windows are slices of its continuous run. */
  ofRule(traded: TradedTargets, returns: Float64Array, options: ResolvedOptions): CellFolds {
    const figure = (window: Window): number =>
      this.figure(window, returns.subarray(...window), options, () =>
        blockTrades(this.bars, traded, window as [number, number], options),
      );
    return {
      trained: this.by.splits.map(({ train }) => figure(train)),
      tested: this.by.splits.map(({ test }) => figure(test)),
    };
  }

  /** Of a model, which is fitted anew on each training window. */
  ofFitted(prepared: PreparedStrategy, options: ResolvedOptions): CellFolds {
    const judged = judgedStrategy(prepared, options);
    const found: CellFolds = { trained: [], tested: [] };
    const figure = (window: [number, number], stretch: StretchReturns): number =>
      this.figure(window, stretch(window, CONTINUOUS), options, () => stretch.traded!(window));
    for (const { train, test } of this.by.splits) {
      const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
      found.trained.push(figure(train, inSample!));
      found.tested.push(figure(test, outOfSample!));
    }
    return found;
  }

  private figure(
    [from, to]: Window,
    returns: Float64Array,
    { periodsPerYear }: ResolvedOptions,
    traded: () => ReturnType<typeof blockTrades>,
  ): number {
    const benchmarkReturns = this.market.subarray(from, to);
    const more = this.isOfTrading ? traded() : null;
    return computeMetric(this.by.metric, { returns, periodsPerYear, benchmarkReturns, ...more }) ?? NaN;
  }
}

/** Columns for so many cells. */
export function newFoldFigures(by: FoldedBy | undefined, cells: number): FoldFigures {
  const columns = (): Float64Array[] => (by ? by.splits.map(() => new Float64Array(cells).fill(NaN)) : []);
  return { trained: columns(), tested: columns() };
}

export function writeFolds({ trained, tested }: FoldFigures, cell: number, own: CellFolds): void {
  own.trained.forEach((value, fold) => (trained[fold]![cell] = value));
  own.tested.forEach((value, fold) => (tested[fold]![cell] = value));
}
