import type { EnoughDataEvidence } from '@assay/domain';
import type { BacktestOutcome } from '../backtest';
import type { CpcvOutcome } from './cpcv';
import { PBO_BLOCKS, type JudgedLedger } from './ledger-judgement';
import type { WalkForwardOutcome } from './walk-forward';

/** How much the evidence rests on; null for parts that do not exist. */
export function enoughData(
  { backtest, signals }: { backtest: Pick<BacktestOutcome, 'scored' | 'trades'>; signals: Float64Array },
  walkForward: WalkForwardOutcome | null,
  cpcv: CpcvOutcome | null,
  judged: JudgedLedger | null,
): EnoughDataEvidence {
  const [from, to] = backtest.scored;
  const closed = backtest.trades.filter((trade) => trade.exitIndex >= 0).length;
  return {
    scoredBars: to - from,
    minFoldBars: walkForward && Math.min(...walkForward.folds.map(({ test }) => test[1] - test[0])),
    minGroupBars: cpcv && cpcv.minGroupBars,
    pboBlockBars: judged?.pbo ? Math.floor(judged.bars / PBO_BLOCKS) : null,
    positionChanges: Math.max(closed, signalChanges(signals, from, to)),
  };
}

/** Changes of the discrete signal; a resized weight of the same signal is no new decision. */
function signalChanges(signals: Float64Array, from: number, to: number): number {
  let changes = 0;
  let last = from > 0 ? signals[from - 1]! || 0 : 0;
  for (let i = from; i < to; i++) {
    const signal = signals[i]! || 0;
    if (signal !== last) changes++;
    last = signal;
  }
  return changes;
}
