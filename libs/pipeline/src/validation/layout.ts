import { POLICY_DOCUMENTS } from '@assay/domain';
import { type DomainError, invalid } from '@assay/primitives';
import { scoredFrom, scoredRange, type BacktestOptions, type ScoredFrom } from '../backtest';
import type { JudgedRecord } from './judged-record';

/** The layouts are the same in every preset policy. */
export const POLICY_LAYOUT = POLICY_DOCUMENTS.default.layout;

/**
 * First bar that validation may score: the first year belongs to warm-up, or the lookback where that is longer, or all that an imported
 * model was trained on.
 */
export function policyScoreFrom(lookback: number, ownFrom = 0): number {
  return Math.max(POLICY_LAYOUT.unscored_bars, lookback, ownFrom);
}

/** Which bars are to be scored. */
export type ScoredSlice = Pick<BacktestOptions, 'scoreFrom' | 'start' | 'end'>;

/** What a validation scores, and why from there. */
export interface ValidationRange {
  scored: [number, number];
  scoredFrom: ScoredFrom;
}

/** How many scored bars a validation needs, and what takes them. */
export interface LeastBars {
  what: string;
  bars: number;
  for: string;
}

/**
 * Scored range of a validation: that of the options, never before the policy's first bar.
 * @throws DomainError `validation_failed` when it holds fewer bars than `least`.
 */
export function validationRange(
  { lookback, ownFrom, openTimeMs }: Pick<JudgedRecord, 'lookback' | 'ownFrom' | 'openTimeMs'>,
  options: ScoredSlice,
  least?: LeastBars,
): ValidationRange {
  const policy = policyScoreFrom(lookback, ownFrom);
  const own = ownFrom > policyScoreFrom(lookback) ? 'train_end' : 'policy';
  const scoreFrom = Math.max(policy, options.scoreFrom ?? 0);
  const n = openTimeMs.length;
  if (least && n < scoreFrom + least.bars) throw tooFew(least, scoreFrom, n);
  const scored = scoredRange(openTimeMs, { ...options, scoreFrom });
  if (least && scored[1] - scored[0] < least.bars) throw tooFew(least, scored[0], scored[1]);
  return { scored, scoredFrom: scoredFrom(scored[0], scoreFrom, scoreFrom > policy ? 'score_from' : own) };
}

function tooFew({ what, bars, for: use }: LeastBars, unscored: number, had: number): DomainError {
  const message = `${what} needs at least ${unscored + bars} bars, had ${had}: the first ${unscored} are not scored, and ${use} ${bars}`;
  return invalid([{ field: 'bars', rule: 'min_bars', value: had, message }]);
}
