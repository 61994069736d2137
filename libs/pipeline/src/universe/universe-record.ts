import { costPerSide } from '@assay/quant';
import type { JudgedRecord, StretchReturns } from '../validation';
import type { UniverseOutcome } from './run-universe-backtest';
import { universeExposure } from './universe-exposure';

/** Bars by which the decision lies before the bar whose return it makes. */
const LAG = { close: 1, next_open: 2 } as const;

/**
 * The record of a portfolio: its rules are fixed and look at the past alone, so a block is a slice of the continuous run. Where
 * seams are charged, all that comes in is opened and all that is left is closed, at the cost of a side.
 */
export function universeRecord(outcome: UniverseOutcome): JudgedRecord {
  const { panel, evaluation, full, lookback, heldReturns, options } = outcome;
  const { openTimeMs } = panel;
  const n = openTimeMs.length;
  const { gross } = universeExposure(evaluation.weights, n, 0, n);
  const side = costPerSide(options.costs);
  const lag = LAG[options.fill];
  const stretch: StretchReturns = ([from, to], { seamCosts }) => {
    const block = full.returns.slice(from, to);
    if (!seamCosts || block.length === 0) return block;
    const charge = (at: number, decided: number): void => {
      const cost = side * (gross[decided] ?? 0);
      block[at] = Math.max(-1, options.mode === 'weight' ? block[at]! - cost : (1 + block[at]!) * (1 - cost) - 1);
    };
    if (from > 0) charge(0, from - lag);
    charge(block.length - 1, to - lag);
    return block;
  };
  return {
    ...{ openTimeMs, lookback, ownFrom: 0, horizon: 0, rows: null, periodsPerYear: options.periodsPerYear },
    heldReturns: () => heldReturns,
    stretches: (_, sets) => sets.map(() => stretch),
  };
}
