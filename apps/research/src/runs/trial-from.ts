import { policyScoreFrom } from '@assay/pipeline';

/** First bar of a trial's series: the policy's, or the lookback where the history is too short for that. */
export function trialFrom(lookback: number, bars: number): number {
  const policy = policyScoreFrom(lookback);
  return policy < bars ? policy : Math.min(lookback, bars - 1);
}
