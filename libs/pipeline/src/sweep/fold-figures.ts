import type { BarColumns } from '@assay/domain';
import {
  buyAndHoldReturns,
  computeMetric,
  METRICS_OF_TRADING,
  type FxRates,
  type MetricKey,
  type WalkForwardSplit,
} from '@assay/quant';
import { blockTrades, CONTINUOUS, heldValues, type ResolvedOptions, type TradedTargets } from '../backtest';
import type { PreparedStrategy } from '../evaluator';
import { judgedStrategy, type StretchReturns } from '../validation';

/** In which windows cells are judged, and by what metric. */
export interface FoldedBy {
  splits: readonly WalkForwardSplit[];
  metric: MetricKey;
  /** Leaves out the figures over all scored bars: only the windows are asked for. */
  alone?: boolean;
}

/**
 * The metric of every cell in every window: a column a fold; NaN where it is undefined. A cell that held nothing in a training window has none
 * there, whatever the metric: by one of risk it would win for having taken none.
 */
export interface FoldFigures {
  trained: Float64Array[];
  tested: Float64Array[];
  /** 1 where the cell held nothing in the training window of the fold, else 0. */
  idle: Float64Array[];
}

type Window = readonly [from: number, to: number];
/** Of one cell, the value of each fold. */
export interface CellFolds {
  trained: number[];
  tested: number[];
  idle: number[];
}

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
    const idle = this.by.splits.map(({ train }) => heldNothing(returns.subarray(...train)));
    return {
      trained: this.by.splits.map(({ train }, fold) => (idle[fold] ? NaN : figure(train))),
      tested: this.by.splits.map(({ test }) => figure(test)),
      idle: idle.map(Number),
    };
  }

  /** Of a model, which is fitted anew on each training window. */
  ofFitted(prepared: PreparedStrategy, options: ResolvedOptions): CellFolds {
    const judged = judgedStrategy(prepared, options);
    const found: CellFolds = { trained: [], tested: [], idle: [] };
    const figure = (window: [number, number], stretch: StretchReturns, returns: Float64Array): number =>
      this.figure(window, returns, options, () => stretch.traded!(window));
    for (const { train, test } of this.by.splits) {
      const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
      const held = inSample!(train, CONTINUOUS);
      const idle = heldNothing(held);
      found.trained.push(idle ? NaN : figure(train, inSample!, held));
      found.tested.push(figure(test, outOfSample!, outOfSample!(test, CONTINUOUS)));
      found.idle.push(Number(idle));
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

const heldNothing = (returns: Float64Array): boolean => returns.every((r) => r === 0);

/** Columns for so many cells. */
export function newFoldFigures(by: FoldedBy | undefined, cells: number): FoldFigures {
  const columns = (): Float64Array[] => (by ? by.splits.map(() => new Float64Array(cells).fill(NaN)) : []);
  return { trained: columns(), tested: columns(), idle: columns() };
}

export function writeFolds({ trained, tested, idle }: FoldFigures, cell: number, own: CellFolds): void {
  own.trained.forEach((value, fold) => (trained[fold]![cell] = value));
  own.tested.forEach((value, fold) => (tested[fold]![cell] = value));
  own.idle.forEach((value, fold) => (idle[fold]![cell] = value));
}
