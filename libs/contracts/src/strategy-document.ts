import type { ParameterValues } from './parameters/parameter-schema';
import type { OutputMode, PositionMode, RuleTree } from './rule-tree';

/** The id of the published example; in a document it asks for a new one. */
export const PLACEHOLDER_ID = 'auto-generated-uuid';

export const STRATEGY_INDICATORS = [
  'get_sma',
  'get_ema',
  'get_rsi',
  'get_bollinger_band',
  'get_stochastic_oscillator',
] as const;
export type StrategyIndicator = (typeof STRATEGY_INDICATORS)[number];

export const SIGNAL_FUNCTIONS = [
  'momentum_band_signal',
  'reversion_band_signal',
  'momentum_bounded_signal',
  'reversion_bounded_signal',
  'momentum_band_signal_long_only',
  'reversion_band_signal_long_only',
  'momentum_bounded_signal_long_only',
  'reversion_bounded_signal_long_only',
] as const;
export type SignalFunction = (typeof SIGNAL_FUNCTIONS)[number];

export const TIMEFRAMES = ['1m', '5m', '15m', '30m', '1h', '4h', '1d'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

export type Conjunction = 'AND' | 'OR' | 'FILTER';

export interface Substrategy {
  id: number;
  indicator: StrategyIndicator;
  signal_func: SignalFunction;
  window: number;
  signal: number;
  data_column: string;
}

export type Sizing =
  | { kind: 'fixed' }
  | { kind: 'volatility_target'; annual: number; window: number; cap: number; rebalance: 'bar' | 'entry' };

/** Costs per side in basis points of the traded notional; 0 is legal and stays 0. */
export interface CostsDocument {
  fee_bps: number;
  slippage_bps: number;
  spread_bps: number;
}

/** Fields that every Strategy JSON carries. */
export interface StrategyEnvelope {
  strategy_id: string;
  name: string;
  /** The revision of the content, not the row's lock. */
  version: number;
  created_at?: string;
  ticker: string;
  trading_period: number;
  /** Default `1d`. */
  timeframe?: Timeframe;
}

export interface SubstrategiesDocument extends StrategyEnvelope {
  /** Default when absent. */
  kind?: 'substrategies';
  conjunction: Conjunction;
  substrategies: Substrategy[];
  sizing?: Sizing;
}

/** An immutable revision that a strategy pins. */
export interface PinnedRef {
  id: string;
  revision: number;
  hash: string;
}

/** One feature column: a plugin of the registry with its parameters. `name` is what rules and models refer to. */
export interface FeatureSpec {
  pin: PinnedRef | null;
  name: string;
  plugin: string;
  plugin_version: string;
  params: Record<string, number | string>;
}

/** The kind of a document without a model: its rules read features alone. */
export const NO_MODEL = 'rule.identity';

/** How predictions come about: what is fitted on which labels, and when again. */
export interface ModelPlan {
  pin: PinnedRef | null;
  /** Key of a model plugin; never `NO_MODEL`. */
  kind: string;
  /** Feature names, in the order of the model's columns. */
  inputs: string[];
  label: { kind: 'forward_return_sign'; horizon: number };
  /** All parameters of the kind. */
  params: ParameterValues;
  seed: number;
  /** Out-of-sample predictions before `train_end`: refit every `every` bars on all bars known by then, at least `min_train`. */
  refit: { every: number; min_train: number };
}

export type ModelSpec = { pin: PinnedRef | null; kind: typeof NO_MODEL } | ModelPlan;

/** The fitted model that trades: content-addressed bytes. */
export interface ArtifactRef {
  uri: string;
  sha256: string;
  /** Open time of the last bar whose label the fit has seen; ISO-8601. */
  train_end: string | null;
}

export interface SignalSpec {
  pin: PinnedRef | null;
  rule_tree: RuleTree;
  output_mode: OutputMode;
  position_mode: PositionMode;
}

/** Where the recursive indicators begin: the same first bar for backtest, validation and live. */
export interface HistoryAnchor {
  source: string;
  adjustment: 'none' | 'adj_close';
  /** Open time of the first bar, ISO-8601. */
  first_bar: string;
  /** SHA-256 of all bars from `first_bar` to `until`. */
  fingerprint?: string;
  until?: string;
}

/** A promoted research strategy for one symbol: everything the evaluator needs, nothing it must look up. */
export interface PipelineDocument extends StrategyEnvelope {
  kind: 'pipeline';
  features: FeatureSpec[];
  model: ModelSpec;
  artifact: ArtifactRef | null;
  signal: SignalSpec;
  sizing: Sizing;
  costs: CostsDocument;
  history_anchor?: HistoryAnchor;
}

export type StrategyDocument = SubstrategiesDocument | PipelineDocument;
