import { pipelineConfigDocument } from '@assay/contracts';
import { schemaAgreement } from '../../../testing/src/documents/schema-agreement';

const kelly = { kind: 'kelly', fraction: 0.5, cap: 1, rebalance: 'bar' };

it('publishes of a pipeline config just what it reads', () => {
  const documents = [
    {},
    { sizing: { kind: 'fixed' }, costs: { fee_bps: 5 }, mode: 'weight', fill: 'close' },
    { sizing: { kind: 'percent_of_equity', fraction: 0.5, leverage: { max: 2 } } },
    { sizing: { kind: 'atr_risk', risk: 0.01, multiple: 2, window: 14, cap: 1, rebalance: 'entry' } },
    { sizing: { kind: 'fixed', leverage: { max: 2, margin: { maintenance: 0.25, on_call: 'reduce' } } } },
    { costs: { fee_bps: 1, per_share: 0.005, fixed_fee: 1, minimum_fee: 2, borrow_bps_per_year: 300 } },
    { costs: { fee_bps: 1, impact: { kind: 'linear', coefficient_bps: 50 }, funding_column: 'funding' } },
    { costs: { fee_bps: 1, tiers: { by: 'volume', levels: [{ from: 10 }, { from: 100, fee_bps: 1, per_share: 0 }] } } },
    { sizing: { ...kelly, window: 'expanding', min_returns: 30 } },
    { sizing: { ...kelly, window: 60, min_returns: 60 } },
    {
      sizing: { kind: 'volatility_target', annual: 0.1, window: 20, cap: 2, rebalance: 'entry' },
      costs: { fee_bps: 0, slippage_bps: 1, spread_bps: 10_000 },
      ...{ mode: 'all_in', fill: 'next_open', trading_period: 365, capital: 0.5 },
    },
    {
      protection: {
        stop_loss: { percent: 5 },
        take_profit: { atr: 3, window: 20 },
        trailing_stop: { atr: 2, follows: 'extreme' },
        breakeven: { percent: 2 },
        time_stop: { bars: 10 },
        re_entry: { rule: 'after_bars', bars: 5 },
      },
      entry_order: { type: 'limit', offset: { percent: 0.5 }, expires_after_bars: 3 },
    },
    { protection: null, entry_order: null },
    {
      sizing: { kind: 'fixed', leverage: { max: 2, margin: { maintenance: 0.2, on_call: 'close' } } },
      protection: null,
    },
  ];
  const found = schemaAgreement({
    schema: pipelineConfigDocument.jsonSchema(),
    documents,
    problemsOf: (input) => pipelineConfigDocument.read(input).problems,
    beyond: ({ rule }) => ['at_most_window', 'below_initial_margin', 'ascending', 'no_order_rules'].includes(rule),
  });
  expect(Math.min(found.accepted, found.refused)).toBeGreaterThan(20);
});
