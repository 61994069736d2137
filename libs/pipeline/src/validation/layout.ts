import { POLICY_DOCUMENTS } from '@assay/domain';
import { scoredRange, type BacktestOptions } from '../backtest';
import type { PreparedStrategy } from '../evaluator';

/** The layouts are the same in every preset policy. */
export const POLICY_LAYOUT = POLICY_DOCUMENTS.default.layout;

/** First bar that validation may score: the first year belongs to warm-up, or the lookback where that is longer. */
export function policyScoreFrom(lookback: number): number {
  return Math.max(POLICY_LAYOUT.unscored_bars, lookback);
}

/** Scored range of a validation: that of the options, never before the policy's first bar. */
export function validationRange(prepared: PreparedStrategy, options: BacktestOptions): [number, number] {
  const scoreFrom = Math.max(policyScoreFrom(prepared.lookback), options.scoreFrom ?? 0);
  return scoredRange(prepared.bars.openTimeMs, { ...options, scoreFrom });
}
