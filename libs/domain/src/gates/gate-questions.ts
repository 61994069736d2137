import type { GateName } from './policy-documents';

/** A gate for people: its name in words and what it asks, to be read with the threshold. */
export interface GateQuestion {
  readonly title: string;
  readonly asks: string;
}

const of = (title: string, asks: string): GateQuestion => ({ title, asks });

export const GATE_QUESTIONS: Readonly<Record<GateName, GateQuestion>> = {
  walk_forward_sharpe: of(
    'Walk-forward: Sharpe ratio',
    'Mean Sharpe ratio a year of the stretches it was not fitted on; at least the threshold.',
  ),
  walk_forward_drawdown: of(
    'Walk-forward: drawdown',
    'Mean of the deepest falls of those stretches, as a fraction; at most the threshold.',
  ),
  walk_forward_profitable_folds: of(
    'Walk-forward: profitable folds',
    'Share of those stretches that ended with a gain; at least the threshold.',
  ),
  overfitting_ratio: of(
    'Overfitting ratio',
    'What the mean Sharpe ratio loses from the bars it was fitted on to those it was not; at most the threshold.',
  ),
  cpcv_sharpe: of(
    'CPCV: Sharpe ratio',
    'Mean Sharpe ratio a year of all splits out of sample; at least the threshold.',
  ),
  deflated_sharpe: of(
    'Deflated Sharpe ratio',
    'Probability that its Sharpe ratio is above what the best of all trials reaches by chance; at least the threshold.',
  ),
  deflated_sharpe_or_absolute_p: of(
    'Deflated Sharpe ratio, or a mean return above chance',
    'The same probability at least the threshold, or else the p-value of the mean return over all trials small enough.',
  ),
  benchmark_p: of(
    'Better than its benchmark',
    'Chance of such a gain over the benchmark, at its own beta to it, without skill and with all trials counted; at most the threshold.',
  ),
  pbo: of(
    'Probability of backtest overfitting',
    'How often the best trial of one half of the bars is below the middle on the other half; at most the threshold.',
  ),
  look_ahead_audit: of('Look-ahead audit', 'Values that change when later bars are cut off; at most the threshold.'),
  warm_up_audit: of(
    'Warm-up audit',
    'Bars by which a target stands before its lookback has passed; at most the threshold.',
  ),
  data_quality_errors: of('Errors in the bars', 'Errors of the quality report of the bars; at most the threshold.'),
  data_quality_acknowledged: of(
    'Warnings of the bars',
    'Warnings of the quality report that nobody has acknowledged; at most the threshold.',
  ),
  scored_bars: of('Scored bars', 'Bars on which the strategy was judged; at least the threshold.'),
  fold_bars: of('Bars of a fold', 'Bars of the shortest stretch of the walk-forward; at least the threshold.'),
  group_bars: of('Bars of a CPCV group', 'Bars of the shortest group of the CPCV; at least the threshold.'),
  pbo_block_bars: of('Bars of a PBO block', 'Bars of each block of the overfitting test; at least the threshold.'),
  position_changes: of('Position changes', 'Closed trades or changes of the position; at least the threshold.'),
  reality_check: of(
    "White's reality check",
    'Chance of such a gain over the benchmark as the best of all trials without skill; at most the threshold.',
  ),
  spa: of(
    "Hansen's test of superior predictive ability",
    'The same chance, with hopeless trials counting less; at most the threshold.',
  ),
  holdout_sharpe: of(
    'Locked holdout',
    'Sharpe ratio a year of bars that nothing before has seen; at least the threshold.',
  ),
};
