import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each research case of the demo is made of: plain documents, sent over HTTP as a user would send them. */

export interface FeatureDraft {
  name: string;
  plugin: string;
  params: Record<string, number | string>;
}

export interface ResearchCase {
  key: string;
  title: string;
  series: { source: string; symbol: string };
  synthetic: boolean;
  features: FeatureDraft[];
  model: 'rule.identity' | { inputs: string[]; l2: number; seed: number; refit: { every: number; min_train: number } };
  ruleTree: { groups: { action: 'BUY' | 'SELL'; combinator: 'AND' | 'OR'; rules: unknown[] }[] };
  positionMode: 'long_only' | 'long_short';
  sizing: Record<string, unknown>;
  tradingPeriod: number;
}

const COSTS = { fee_bps: 5, slippage_bps: 0, spread_bps: 0 };

export const pipelineConfig = (c: ResearchCase): Record<string, unknown> => ({
  sizing: c.sizing,
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
    l2: 1,
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
