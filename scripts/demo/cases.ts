import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each research case of the demo is made of: plain documents, sent over HTTP as a user would send them. */

export interface FeatureDraft {
  name: string;
  plugin: string;
  params: Record<string, number | string>;
}

interface ModelDraft {
  kind: string;
  inputs: string[];
  label: { kind: 'forward_return_sign'; horizon: number };
  params: Record<string, number | string>;
  seed: number;
  refit: { every: number; min_train: number };
}

export interface ResearchCase {
  key: string;
  title: string;
  series: { source: string; symbol: string };
  synthetic: boolean;
  features: FeatureDraft[];
  model: 'rule.identity' | ModelDraft;
  /** Stops and targets; absent: none. */
  protection?: Record<string, unknown>;
  ruleTree: { groups: { action: 'BUY' | 'SELL'; combinator: 'AND' | 'OR'; rules: unknown[] }[] };
  positionMode: 'long_only' | 'long_short';
  sizing: Record<string, unknown>;
  tradingPeriod: number;
}

const COSTS = { fee_bps: 5, slippage_bps: 0, spread_bps: 0 };

export const pipelineConfig = (c: ResearchCase): Record<string, unknown> => ({
  sizing: c.sizing,
  ...(c.protection ? { protection: c.protection } : {}),
  costs: COSTS,
  mode: 'weight',
  fill: 'next_open',
  trading_period: c.tradingPeriod,
});

/** An honest, simple idea on real bars: hold the index above its 200-day average, scaled to 10 % volatility. */
export const SP500_CASE: ResearchCase = {
  key: 'sp500',
  title: 'S&P 500, vol-managed x SMA200 (real bars)',
  series: { source: 'vega', symbol: 'SP500' },
  synthetic: false,
  features: [{ name: 'sma_200', plugin: 'sma', params: { window: 200 } }],
  model: 'rule.identity',
  ruleTree: {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'sma_200' } }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<=', value: { field: 'sma_200' } }] },
    ],
  },
  positionMode: 'long_only',
  sizing: { kind: 'volatility_target', annual: 0.1, window: 21, cap: 1, rebalance: 'bar' },
  tradingPeriod: 252,
};

/** A market whose edge is planted: the model has to find it from `factor` and four ordinary features. */
export const PLANTED_CASE: ResearchCase = {
  key: 'planted',
  title: 'SYNTHETIC market with a planted edge, logistic regression',
  series: { source: 'synthetic', symbol: 'SYNTHETIC' },
  synthetic: true,
  features: [
    { name: 'factor', plugin: 'column', params: { column: 'factor' } },
    { name: 'rsi_14', plugin: 'rsi', params: { window: 14 } },
    { name: 'momentum_21', plugin: 'momentum', params: { window: 21 } },
    { name: 'bollinger_z_20', plugin: 'bollinger_z', params: { window: 20 } },
    { name: 'volatility_21', plugin: 'realised_volatility', params: { window: 21 } },
  ],
  model: {
    inputs: ['factor', 'rsi_14', 'momentum_21', 'bollinger_z_20', 'volatility_21'],
    kind: 'logistic',
    label: { kind: 'forward_return_sign', horizon: 1 },
    params: { l2: 1 },
    seed: 1,
    refit: { every: 63, min_train: 252 },
  },
  ruleTree: {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.5 }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field: 'prediction', operator: '<', value: 0.5 }] },
    ],
  },
  positionMode: 'long_short',
  sizing: { kind: 'fixed' },
  tradingPeriod: 252,
};

const UP_OR_DOWN = PLANTED_CASE.ruleTree;
const [FACTOR, RSI, MOMENTUM] = PLANTED_CASE.features;

/** The same market by boosted trees, held between a stop and a target. */
export const BOOSTED_CASE: ResearchCase = {
  ...PLANTED_CASE,
  key: 'boosted',
  title: 'SYNTHETIC market, boosted trees with stops',
  features: [FACTOR, RSI, MOMENTUM],
  model: {
    kind: 'gradient_boosting',
    inputs: [FACTOR.name, RSI.name, MOMENTUM.name],
    // about as far as half of the factor is left; shallow trees, of which none may fall with the factor
    label: { kind: 'forward_return_sign', horizon: 10 },
    params: { trees: 40, max_depth: 2, min_child_weight: 20, monotone: '+00' },
    seed: 1,
    refit: { every: 252, min_train: 504 },
  },
  protection: { stop_loss: { percent: 4 }, take_profit: { percent: 8 }, re_entry: { rule: 'immediately' } },
  ruleTree: UP_OR_DOWN,
};

/** The same market by a small recurrent network. */
export const LSTM_CASE: ResearchCase = {
  ...PLANTED_CASE,
  key: 'lstm',
  title: 'SYNTHETIC market, recurrent network (LSTM)',
  features: [FACTOR],
  model: {
    kind: 'lstm',
    inputs: [FACTOR.name],
    label: { kind: 'forward_return_sign', horizon: 1 },
    params: { units: 3, steps: 4, epochs: 4, early_stopping: 0 },
    seed: 1,
    refit: { every: 756, min_train: 756 },
  },
  ruleTree: UP_OR_DOWN,
};

/** The best of many random rules: looks fine until every trial is counted. */
export const OVERFIT_CASE: ResearchCase = {
  key: 'overfit',
  title: 'S&P 500, best of 430 random rules (real bars)',
  series: SP500_CASE.series,
  synthetic: false,
  features: [
    { name: 'rsi_14', plugin: 'rsi', params: { window: 14 } },
    { name: 'rsi_2', plugin: 'rsi', params: { window: 2 } },
    { name: 'atr_ratio_14', plugin: 'ratio_to_close', params: { of: 'atr', window: 14 } },
    { name: 'momentum_21', plugin: 'momentum', params: { window: 21 } },
    { name: 'momentum_63', plugin: 'momentum', params: { window: 63 } },
    { name: 'momentum_252', plugin: 'momentum', params: { window: 252 } },
    { name: 'bollinger_z_20', plugin: 'bollinger_z', params: { window: 20, ddof: 0 } },
  ],
  model: 'rule.identity',
  // where the search starts; the best of the random rules takes its place
  ruleTree: {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field: 'rsi_14', operator: '<', value: 30 }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field: 'rsi_14', operator: '>', value: 70 }] },
    ],
  },
  positionMode: 'long_only',
  sizing: { kind: 'fixed' },
  tradingPeriod: 252,
};

/** From dist/scripts/demo, where the demo runs. */
const EXAMPLES = join(__dirname, '..', '..', '..', 'docs', 'examples');
const example = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as Record<string, unknown>;

/** The two example documents of the trade API, unchanged but for their placeholder ids. */
export const seedStrategy = (strategyId: string): Record<string, unknown> => ({
  ...example('strategy'),
  strategy_id: strategyId,
});

export const seedDeployment = (deploymentId: string, strategyId: string): Record<string, unknown> => ({
  ...example('deployment'),
  deployment_id: deploymentId,
  strategy_id: strategyId,
});
