/**
 * Why scoring begins where it does: the document's lookback, a stated bound, the first bar that the gates' policy scores,
 * or the end of what an imported model was trained on.
 */
export type ScoredRule = 'lookback' | 'start' | 'score_from' | 'policy' | 'train_end';

/** The first scored bar; every result states it. */
export interface ScoredFrom {
  /** Bar of the history, from 0. */
  index: number;
  rule: ScoredRule;
}

/** What set the first scored bar: `least` by `rule`, or `start` where that is later. */
export function scoredFrom(index: number, least: number, rule: ScoredRule): ScoredFrom {
  return { index, rule: index > least ? 'start' : rule };
}
