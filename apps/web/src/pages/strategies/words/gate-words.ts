import { inWords } from '../../../format/words';

/** Policies that may be promoted under as they are offered: the most demanding that is usual first. */
export const POLICY_ORDER = ['default', 'strict', 'exploratory'] as const;
export type Policy = (typeof POLICY_ORDER)[number];

export const isPaperOnly = (policies: readonly string[]): boolean =>
  policies.length > 0 && policies.every((policy) => policy === 'exploratory');

export const policyWords = (policy: string): { name: string; good: string } => ({
  name: inWords(policy),
  good: isPaperOnly([policy]) ? 'for paper only' : 'for paper and for live trading',
});
