import type { GateVerdict } from '@assay/contracts';
import type { AnyGateName } from './policy-documents';

/** A gate for people. */
export interface GateWords {
  readonly title: string;
  /** What it asks, to be read with the threshold. */
  readonly asks: string;
  /** What it means not to pass. */
  readonly means: string;
  /** What to do when it is not passed. */
  readonly next: string;
}

const of = (title: string, asks: string, means: string, next: string): GateWords => ({ title, asks, means, next });

const LONGER = 'use a longer history';
const EARN_MORE = 'look for a rule that earns more for its swings on bars it has not seen, or drop the idea';
const TOO_FEW = 'There are too few bars to tell.';
const GAIN = 'a longer history or a larger gain over the benchmark lowers it, more trials never do';

/** The words of every gate, also of past versions: the API, its reports, the pages and the docs say these. */
export const GATE_WORDS: Readonly<Record<AnyGateName, GateWords>> = {
  walk_forward_sharpe: of(
    'Walk-forward: Sharpe ratio',
    'Mean Sharpe ratio a year of the stretches it was not fitted on; at least the threshold.',
    'Out of sample it earns too little for its swings.',
    EARN_MORE,
  ),
  walk_forward_drawdown: of(
    'Walk-forward: drawdown',
    'Mean of the deepest falls of those stretches, as a fraction; at most the threshold.',
    'Out of sample it falls too far from its peaks.',
    'trade smaller, or leave losing positions sooner',
  ),
  walk_forward_profitable_folds: of(
    'Walk-forward: profitable folds',
    'Share of those stretches that ended with a gain; at least the threshold.',
    'Too few of the periods out of sample earned anything.',
    'look at what the losing stretches have in common before the next trial',
  ),
  overfitting_ratio: of(
    'Overfitting ratio',
    'What the mean Sharpe ratio loses from the bars it was fitted on to those it was not, 1 - test / train; at most the threshold.',
    'Much of the result is gone on bars it was not fitted to.',
    'use fewer parameters and features, or choose among fewer trials',
  ),
  cpcv_sharpe: of(
    'CPCV: Sharpe ratio',
    'Mean Sharpe ratio a year of all splits out of sample; at least the threshold.',
    'Over many ways to split the bars it earns too little.',
    EARN_MORE,
  ),
  probabilistic_sharpe: of(
    'Probabilistic Sharpe ratio',
    'Probability that its Sharpe ratio is above 0; at least the threshold.',
    'It is not clear that it earns anything at all.',
    `${LONGER}, or a rule that earns more for its swings`,
  ),
  deflated_sharpe: of(
    'Deflated Sharpe ratio',
    'Probability that its Sharpe ratio is above what the best of all trials reaches by chance; at least the threshold.',
    'With all trials counted, luck is not ruled out.',
    'try fewer variants, and choose them before looking',
  ),
  deflated_sharpe_or_absolute_p: of(
    'Deflated Sharpe ratio, or a mean return above chance',
    'The same probability at least the threshold, or else the p-value of the mean return over all trials at most 0.05.',
    'With all trials counted, luck is not ruled out.',
    'try fewer variants, and choose them before looking',
  ),
  benchmark_p: of(
    'Better than its benchmark',
    'Chance of such a gain over the benchmark, at its own beta to it, without skill and with all trials counted, as they are and by the volatility of the benchmark; at most the threshold.',
    'It is not clearly better than holding the market.',
    GAIN,
  ),
  benchmark_raw_p: of(
    'Better than its benchmark, as it is',
    'The same chance by the returns as they are alone, so that no gain in calm times hides a loss in storms; at most the threshold.',
    'Without weighing calm and stormy bars alike, it is not clearly better than holding the market.',
    GAIN,
  ),
  pbo: of(
    'Probability of backtest overfitting',
    'How often the best trial of one half of the bars is below the middle on the other half; at most the threshold, or else the chance of a loss out of sample at most 0.25. Says nothing below 10 trials.',
    'The best variant of those tried would not have stayed a good one.',
    'look for settings whose neighbours do well too',
  ),
  look_ahead_audit: of(
    'Look-ahead audit',
    'Values that change when later bars are cut off at 50 places; at most the threshold.',
    'It uses what was not known yet.',
    'remove what reads later bars',
  ),
  warm_up_audit: of(
    'Warm-up audit',
    'Bars by which a target stands before its lookback has passed; at most the threshold.',
    'It trades before its indicators have enough bars.',
    'declare the lookback that its features need',
  ),
  data_quality_errors: of(
    'Errors in the bars',
    'Errors of the quality report of the bars; at most the threshold.',
    'The bars have errors.',
    'import the bars corrected, then validate again',
  ),
  data_quality_acknowledged: of(
    'Warnings of the bars',
    'Warnings of the quality report that nobody has acknowledged; at most the threshold.',
    'The bars have quality warnings that nobody has looked at.',
    // the judgement is evidence and stands as it was made: an acknowledgement alone does not change it
    'acknowledge them, then validate again',
  ),
  scored_bars: of('Scored bars', 'Bars on which the strategy was judged; at least the threshold.', TOO_FEW, LONGER),
  fold_bars: of(
    'Bars of a fold',
    'Bars of the shortest stretch of the walk-forward; at least the threshold.',
    TOO_FEW,
    LONGER,
  ),
  group_bars: of(
    'Bars of a CPCV group',
    'Bars of the shortest group of the CPCV; at least the threshold.',
    TOO_FEW,
    LONGER,
  ),
  pbo_block_bars: of(
    'Bars of a PBO block',
    'Bars of each block of the overfitting test, of those that all trials have; at least the threshold.',
    TOO_FEW,
    `${LONGER}, also for the shortest trial`,
  ),
  position_changes: of(
    'Position changes',
    'Closed trades or changes of the position; at least the threshold.',
    'It traded too seldom to tell.',
    LONGER,
  ),
  reality_check: of(
    "White's reality check",
    'Chance of such a gain over the benchmark as the best of all trials without skill; at most the threshold.',
    'With all trials counted, it is not clearly better than the market.',
    GAIN,
  ),
  spa: of(
    "Hansen's test of superior predictive ability",
    'The same chance, with hopeless trials counting less; at most the threshold.',
    'With all trials counted, it is not clearly better than the market.',
    GAIN,
  ),
  holdout_sharpe: of(
    'Locked holdout',
    'Sharpe ratio a year of bars that nothing before has seen; at least the threshold.',
    'It has not earned on the bars that were kept aside.',
    'drop the idea: bars that were looked at are no holdout any more',
  ),
};

/** Answers of gates that are codes. */
const CODES: Readonly<Record<string, string>> = {
  evidence_missing: 'The evidence for it was not made yet: run walk-forward and CPCV.',
  too_few_trials: 'There are too few trials to reckon it: it neither refuses nor passes.',
  not_applicable: 'It does not apply here: it neither refuses nor passes.',
  indistinguishable_from_benchmark:
    'Its returns are those of holding some share of the benchmark, or none where it never traded, but for less than 1 % a year, so nothing can be told apart: trade, and differently from holding.',
  benchmark_constant:
    'The benchmark does not move on these bars, so nothing can be compared: use bars that were traded.',
  too_few_bars: `It has fewer than two blocks of 21 bars: ${LONGER}.`,
};

const UNDER_HOLDOUT =
  'The evidence for it was not made yet: it is made with a walk-forward and CPCV of a strategy whose last bars are kept aside, see assay holdout.';

/** What makes the evidence of a gate that is missing, where walk-forward and CPCV alone do not. */
const MADE_OTHERWISE: Readonly<Record<string, string>> = {
  reality_check: UNDER_HOLDOUT,
  spa: UNDER_HOLDOUT,
  holdout_sharpe: 'The evidence for it was not made yet: lock a holdout, then look at it once, see assay holdout.',
};

/** A code in words: `old_gate` is Old gate. */
const plain = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;

/** Name of a gate; one of another time keeps its code as a name. */
export const gateTitle = (gate: string): string =>
  (GATE_WORDS as Record<string, GateWords>)[gate]?.title ?? plain(gate);

export const gateAsks = (gate: string): string => (GATE_WORDS as Record<string, GateWords>)[gate]?.asks ?? '';

/** What it means where a gate is not passed. */
export const gateMeans = (gate: string): string =>
  (GATE_WORDS as Record<string, GateWords>)[gate]?.means ?? plain(gate);

/** The answer of a gate as a sentence. */
export const answerOf = ({ gate, why }: Pick<GateVerdict, 'why'> & { gate?: string }): string =>
  (why === 'evidence_missing' ? MADE_OTHERWISE[gate ?? ''] : undefined) ??
  CODES[why] ??
  (why === '' ? 'No reason was kept.' : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
