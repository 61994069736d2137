import { effectiveTrials, type EffectiveTrials, type TimedReturns } from '@assay/quant';
import type { Progress } from './progress';
import { alignTrials } from './trial-series';

export interface LedgerSize extends EffectiveTrials {
  /** Bars that all trials have: correlations are of these. */
  bars: number;
}

/** Fewer common bars say nothing about which trials are alike. */
const MIN_COMMON_BARS = 3;

/** How many independent trials a ledger amounts to, from the bars that all of its trials have; null where those are too few. */
export function effectiveOfLedger(trials: readonly TimedReturns[], onProgress?: Progress): LedgerSize | null {
  const first = trials[0];
  if (first === undefined) return null;
  const named = trials.map((trial, i) => ({ configHash: String(i), ...trial }));
  const aligned = alignTrials(named, first);
  const bars = aligned.openTimeMs.length;
  if (bars < MIN_COMMON_BARS) return null;
  return { ...effectiveTrials(aligned.trials, onProgress), bars };
}
