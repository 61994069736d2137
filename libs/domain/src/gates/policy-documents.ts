import { JUDGED_POLICIES, type JudgedPolicy, type PolicyName } from '@assay/contracts';

/** How evidence is laid out in time; part of the policy, since the layout decides. */
export interface PolicyLayout {
  /** Leading bars never scored; more if the lookback is longer. */
  unscored_bars: number;
  walk_forward: { kind: 'rolling'; folds: number; train_to_test: number; min_gap: number };
  cpcv: { groups: number; test_groups: number };
  look_ahead_cuts: number;
}

/** Gates of the policies in force. */
export const GATE_NAMES = [
  'walk_forward_sharpe',
  'walk_forward_drawdown',
  'walk_forward_profitable_folds',
  'overfitting_ratio',
  'cpcv_sharpe',
  'probabilistic_sharpe',
  'deflated_sharpe',
  'benchmark_p',
  'benchmark_raw_p',
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

/** Gates that only versions have which are no longer in force: evidence of them stays readable. */
export const PAST_GATE_NAMES = ['deflated_sharpe_or_absolute_p'] as const;
export type AnyGateName = GateName | (typeof PAST_GATE_NAMES)[number];

/** Gate -> threshold, in the order they are shown. */
type Thresholds<Gate extends string> = Readonly<Partial<Record<Gate, number>>>;

interface PolicyVersion<Gate extends string> {
  name: PolicyName;
  version: string;
  /** Evidence under this policy is good for paper trading only. */
  paper_only: boolean;
  gates: Thresholds<Gate>;
  /** Shown beside the gates with the bound that it once had: decides nothing. */
  shown: Thresholds<Gate>;
}

export interface PolicyDocument extends PolicyVersion<GateName> {
  name: JudgedPolicy;
  layout: PolicyLayout;
  /** Further bounds of single gates. */
  bounds: {
    min_tracking_error: number;
    /** Draws of the benchmark test and their seed: the same for every candidate. */
    benchmark: { draws: number; seed: number };
    /** Above so many trials these thresholds hold instead. */
    large_ledger: { above: number; benchmark_p: number; benchmark_raw_p: number };
    /** Below this many trials PBO says nothing. */
    pbo_min_trials: number;
    pbo_max_loss_probability: number;
  };
}

/** A version that judges no more, as it was. */
export interface PastPolicy extends PolicyVersion<AnyGateName> {
  bounds: { max_absolute_p?: number };
  /** What judges instead. */
  instead: { policy: JudgedPolicy; version: string };
  why: string;
}

const layout: PolicyLayout = {
  unscored_bars: 252,
  walk_forward: { kind: 'rolling', folds: 5, train_to_test: 2, min_gap: 5 },
  cpcv: { groups: 6, test_groups: 2 },
  look_ahead_cuts: 50,
};
const bounds: PolicyDocument['bounds'] = {
  min_tracking_error: 0.01,
  benchmark: { draws: 10_000, seed: 1 },
  large_ledger: { above: 100, benchmark_p: 0.03, benchmark_raw_p: 0.06 },
  pbo_min_trials: 10,
  pbo_max_loss_probability: 0.25,
};

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
const searched = { probabilistic_sharpe: 0.95, benchmark_p: 0.05, benchmark_raw_p: 0.1, pbo: 0.5 };
const superior = { reality_check: 0.05, spa: 0.05, holdout_sharpe: 0 };
const shown = { deflated_sharpe: 0.95 };

/** The policies in force. `default` is needed for live trading. */
export const POLICY_DOCUMENTS: Readonly<Record<JudgedPolicy, PolicyDocument>> = {
  default: {
    ...{ name: 'default', version: '2', paper_only: false, layout, bounds, shown },
    gates: { ...performance, ...searched, ...soundness },
  },
  strict: {
    ...{ name: 'strict', version: '2', paper_only: false, layout, bounds, shown },
    gates: { ...performance, ...searched, ...superior, ...soundness },
  },
  exploratory: {
    ...{ name: 'exploratory', version: '1', paper_only: true, layout, bounds, shown: {} },
    gates: {
      walk_forward_sharpe: performance.walk_forward_sharpe,
      walk_forward_drawdown: performance.walk_forward_drawdown,
      ...soundness,
    },
  },
};

const searchedBefore = { benchmark_p: 0.05, pbo: 0.5 };
const REPLACED =
  'The deflated Sharpe ratio refused most searches that had found something and passed some that had not, and the benchmark test had two holes: a search at a small size did not count, and one short trial cut the bars of all.';

/** Versions that were in force before, and policies that are retired. */
export const PAST_POLICIES: readonly PastPolicy[] = [
  {
    ...{ name: 'default', version: '1', paper_only: false, shown: {}, bounds: {} },
    gates: { ...performance, deflated_sharpe: 0.95, ...searchedBefore, ...soundness },
    instead: { policy: 'default', version: '2' },
    why: REPLACED,
  },
  {
    ...{ name: 'strict', version: '1', paper_only: false, shown: {}, bounds: {} },
    gates: { ...performance, deflated_sharpe: 0.95, ...searchedBefore, ...superior, ...soundness },
    instead: { policy: 'strict', version: '2' },
    why: REPLACED,
  },
  {
    ...{ name: 'large_search', version: '1', paper_only: false, shown: {}, bounds: { max_absolute_p: 0.05 } },
    gates: { ...performance, deflated_sharpe_or_absolute_p: 0.95, ...searchedBefore, ...soundness },
    instead: { policy: 'default', version: '2' },
    why: 'Version 2 of default finds more in large searches, and has fewer holes.',
  },
];

export const isJudged = (policy: PolicyName): policy is JudgedPolicy =>
  (JUDGED_POLICIES as readonly PolicyName[]).includes(policy);

/** Whether what passes the policy is good for paper only, under whatever version. */
export const isPaperOnly = (policy: PolicyName): boolean => isJudged(policy) && POLICY_DOCUMENTS[policy].paper_only;
