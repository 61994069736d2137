import type { PolicyName } from '@assay/contracts';

/** How evidence is laid out in time; part of the policy, since the layout decides. */
export interface PolicyLayout {
  /** Leading bars never scored; more if the lookback is longer. */
  unscored_bars: number;
  walk_forward: { kind: 'rolling'; folds: number; train_to_test: number; min_gap: number };
  cpcv: { groups: number; test_groups: number };
  look_ahead_cuts: number;
}

export const GATE_NAMES = [
  'walk_forward_sharpe',
  'walk_forward_drawdown',
  'walk_forward_profitable_folds',
  'overfitting_ratio',
  'cpcv_sharpe',
  'deflated_sharpe',
  'deflated_sharpe_or_absolute_p',
  'benchmark_p',
  'pbo',
  'look_ahead_audit',
  'warm_up_audit',
  'data_quality_errors',
  'data_quality_acknowledged',
  'scored_bars',
  'fold_bars',
  'group_bars',
  'pbo_block_bars',
  'position_changes',
  'reality_check',
  'spa',
  'holdout_sharpe',
] as const;
export type GateName = (typeof GATE_NAMES)[number];

export interface PolicyDocument {
  name: PolicyName;
  version: string;
  /** Evidence under this policy is good for paper trading only. */
  paper_only: boolean;
  layout: PolicyLayout;
  /** Gate -> threshold, in the order they are shown. */
  gates: Readonly<Partial<Record<GateName, number>>>;
  /** Further bounds of single gates. */
  bounds: {
    min_tracking_error: number;
    /** Below this many trials PBO says nothing. */
    pbo_min_trials: number;
    pbo_max_loss_probability: number;
    /** Instead of the deflated Sharpe, in `large_search`. */
    max_absolute_p: number;
  };
}

const layout: PolicyLayout = {
  unscored_bars: 252,
  walk_forward: { kind: 'rolling', folds: 5, train_to_test: 2, min_gap: 5 },
  cpcv: { groups: 6, test_groups: 2 },
  look_ahead_cuts: 50,
};
const bounds = { min_tracking_error: 0.01, pbo_min_trials: 10, pbo_max_loss_probability: 0.25, max_absolute_p: 0.05 };

const performance = {
  walk_forward_sharpe: 0.3,
  walk_forward_drawdown: 0.25,
  walk_forward_profitable_folds: 0.5,
  overfitting_ratio: 0.5,
  cpcv_sharpe: 0.2,
};
const soundness = {
  look_ahead_audit: 0,
  warm_up_audit: 0,
  data_quality_errors: 0,
  data_quality_acknowledged: 0,
  scored_bars: 504,
  fold_bars: 60,
  group_bars: 60,
  pbo_block_bars: 20,
  position_changes: 20,
};
const searched = { benchmark_p: 0.05, pbo: 0.5 };

/** The preset policies. `default` is needed for live trading. */
export const POLICY_DOCUMENTS: Readonly<Record<PolicyName, PolicyDocument>> = {
  default: {
    name: 'default',
    version: '1',
    paper_only: false,
    layout,
    gates: { ...performance, deflated_sharpe: 0.95, ...searched, ...soundness },
    bounds,
  },
  large_search: {
    name: 'large_search',
    version: '1',
    paper_only: false,
    layout,
    gates: { ...performance, deflated_sharpe_or_absolute_p: 0.95, ...searched, ...soundness },
    bounds,
  },
  strict: {
    name: 'strict',
    version: '1',
    paper_only: false,
    layout,
    gates: {
      ...performance,
      deflated_sharpe: 0.95,
      ...searched,
      reality_check: 0.05,
      spa: 0.05,
      holdout_sharpe: 0,
      ...soundness,
    },
    bounds,
  },
  exploratory: {
    name: 'exploratory',
    version: '1',
    paper_only: true,
    layout,
    gates: {
      walk_forward_sharpe: performance.walk_forward_sharpe,
      walk_forward_drawdown: performance.walk_forward_drawdown,
      ...soundness,
    },
    bounds,
  },
};
