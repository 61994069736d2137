import { NO_MODEL, type FeatureSpec, type ModelPlan, type PipelineDocument, type RuleTree } from '@assay/contracts';

/** What a trial says beside what all have in common. */
export interface TrialRules {
  features?: FeatureSpec[];
  model?: ModelPlan;
  ruleTree: RuleTree;
  isLongShort: boolean;
  sizing?: PipelineDocument['sizing'];
}

/** Nothing is paid for trading: costs would only help to refuse. */
const FREE = { fee_bps: 0, slippage_bps: 0, spread_bps: 0 };

export const feature = (name: string, plugin: string, params: FeatureSpec['params']): FeatureSpec => ({
  ...{ pin: null, name, plugin, plugin_version: '1', params },
});

/** A strategy as the product judges it: daily bars, filled at the next open, without costs. */
export function documentOf({ features = [], model, ruleTree, isLongShort, sizing }: TrialRules): PipelineDocument {
  return {
    kind: 'pipeline',
    strategy_id: '0190a6c0-0000-7000-8000-000000000011',
    ...{ name: 'trial', version: 1, ticker: 'SYNTHETIC', trading_period: 252, timeframe: '1d', artifact: null },
    ...{ costs: FREE, features },
    model: model ?? { pin: null, kind: NO_MODEL },
    signal: {
      ...{ pin: null, output_mode: 'discrete', rule_tree: ruleTree },
      position_mode: isLongShort ? 'long_short' : 'long_only',
    },
    sizing: sizing ?? { kind: 'fixed' },
  };
}
