/** What a gate that is not passed means, in plain words; its own words with the numbers stand beside. */
const GATES: Record<string, string> = {
  walk_forward_sharpe: 'Out of sample it earns too little for its swings.',
  walk_forward_drawdown: 'Out of sample it falls too far from its peaks.',
  walk_forward_profitable_folds: 'Too few of the periods out of sample earned anything.',
  overfitting_ratio: 'Much of the result is gone on bars it was not fitted to.',
  cpcv_sharpe: 'Over many ways to split the bars it earns too little.',
  deflated_sharpe: 'With all trials counted, luck is not ruled out.',
  deflated_sharpe_or_absolute_p: 'With all trials counted, luck is not ruled out.',
  benchmark_p: 'It is not clearly better than holding the market.',
  pbo: 'The best variant of those tried would not have stayed a good one.',
  reality_check: 'With all trials counted, it is not clearly better than the market.',
  spa: 'With all trials counted, it is not clearly better than the market.',
  holdout_sharpe: 'It has not earned on the bars that were kept aside.',
  look_ahead_audit: 'It uses what was not known yet.',
  warm_up_audit: 'It trades before its indicators have enough bars.',
  data_quality_errors: 'The bars have errors.',
  data_quality_acknowledged: 'The bars have quality warnings that nobody has looked at.',
  scored_bars: 'There are too few bars to tell.',
  fold_bars: 'There are too few bars to tell.',
  group_bars: 'There are too few bars to tell.',
  pbo_block_bars: 'There are too few bars to tell.',
  position_changes: 'It traded too seldom to tell.',
};

export const gateWords = (gate: string): string => GATES[gate] ?? gate;

const POLICIES: Record<string, { name: string; good: string; asks: string }> = {
  default: {
    name: 'Default',
    good: 'for paper and for live trading',
    asks: 'Out-of-sample results, all trials counted, clearly better than holding the market.',
  },
  strict: {
    name: 'Strict',
    good: 'for paper and for live trading',
    asks: 'All of the default, two more tests against luck, and bars that were kept aside.',
  },
  large_search: {
    name: 'Large search',
    good: 'for paper and for live trading',
    asks: 'As the default, for a strategy that is the best of very many.',
  },
  exploratory: {
    name: 'Exploratory',
    good: 'for paper only',
    asks: 'That it holds up out of sample and that the bars are sound; not that it beats holding the market.',
  },
};

export const policyWords = (policy: string): { name: string; good: string; asks: string } =>
  POLICIES[policy] ?? { name: policy, good: '', asks: '' };

/** Policies as they are offered: the most demanding that is usual first. */
export const POLICY_ORDER = ['default', 'strict', 'large_search', 'exploratory'] as const;
export type Policy = (typeof POLICY_ORDER)[number];

export const isPaperOnly = (policies: readonly string[]): boolean =>
  policies.length > 0 && policies.every((policy) => policy === 'exploratory');
