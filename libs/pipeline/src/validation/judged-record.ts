import { buyAndHoldReturns, type EngineResult } from '@assay/quant';
import {
  blockReturns,
  blockTrades,
  heldValues,
  type BlockOptions,
  type ResolvedOptions,
  type TradedTargets,
} from '../backtest';
import { firstOwnBar, isRefitted, trainingRows, type PreparedStrategy } from '../evaluator';
import type { BarRange, TrainingSet } from '../models';
import { FoldEvaluator } from './fold-evaluation';

/** Returns of a block of bars. */
export type BlockReturns = (block: BarRange, seams: BlockOptions) => Float64Array;
/** With its positions, and the trades entered within it, where one symbol is traded. */
export interface StretchReturns extends BlockReturns {
  traded?: (block: BarRange) => Pick<EngineResult, 'positions' | 'trades'>;
}

/** What walk-forward and CPCV judge: the record of a strategy, block by block, whatever it trades. */
export interface JudgedRecord {
  readonly openTimeMs: Float64Array;
  readonly lookback: number;
  /** First bar that may be scored for what an imported model was trained on; 0 for every other. */
  readonly ownFrom: number;
  readonly periodsPerYear: number;
  /** Bars a label looks ahead; 0 without a model. */
  readonly horizon: number;
  /** All labelled rows of a model that is fitted; null without one. */
  readonly rows: TrainingSet | null;
  /** Returns of buying and holding what is traded, one a bar of the history; 0 at the first. */
  heldReturns(): Float64Array;
  /** For each set of blocks, from one fit on the train ranges, the returns of its blocks. */
  stretches(train: readonly BarRange[], sets: readonly (readonly BarRange[])[]): StretchReturns[];
  /** The inputs that the fit on the train ranges has chosen; undefined where a fit chooses none. */
  selectedInputs?(train: readonly BarRange[]): string[] | undefined;
}

/** The record of a strategy of one symbol; `artifact` is read of a model that was trained elsewhere alone. */
export function judgedStrategy(
  prepared: PreparedStrategy,
  resolved: ResolvedOptions,
  artifact: Uint8Array | null = null,
): JudgedRecord {
  const { bars, lookback, horizon, plan } = prepared;
  const rows = plan && isRefitted(prepared) ? trainingRows(prepared, plan) : null;
  const evaluator = new FoldEvaluator(prepared, rows, resolved.fill, artifact);
  return {
    openTimeMs: bars.openTimeMs,
    periodsPerYear: resolved.periodsPerYear,
    rows: rows && rows.set,
    lookback,
    ownFrom: firstOwnBar(prepared, artifact),
    horizon,
    heldReturns: () => buyAndHoldReturns(heldValues(bars, resolved.fx)),
    selectedInputs: (train) => evaluator.selectedInputs(train),
    stretches: (train, sets) => {
      // each block by itself, so that it enters flat whatever another one of its set was left with
      const alone = evaluator.targetsOf(
        train,
        sets.flat().map((block) => [block]),
      );
      let next = 0;
      return sets.map((blocks): StretchReturns => {
        const first = next;
        next += blocks.length;
        const targetsOf = (block: BarRange): TradedTargets => {
          const at = blocks.findIndex(([from, to]) => from <= block[0] && block[1] <= to);
          if (at < 0) throw new RangeError(`block ${block.join(' to ')} must lie within one of the set`);
          return alone[first + at]!;
        };
        const returns: BlockReturns = (block, seams) => blockReturns(bars, targetsOf(block), block, resolved, seams);
        return Object.assign(returns, {
          traded: (block: BarRange) => blockTrades(bars, targetsOf(block), block, resolved),
        });
      });
    },
  };
}
