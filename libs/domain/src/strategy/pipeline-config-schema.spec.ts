import { pipelineConfigDocument } from '@assay/contracts';
import { schemaAgreement } from '../../../testing/src/documents/schema-agreement';

it('publishes of a pipeline config just what it reads', () => {
  const documents = [
    {},
    { sizing: { kind: 'fixed' }, costs: { fee_bps: 5 }, mode: 'weight', fill: 'close' },
    {
      sizing: { kind: 'volatility_target', annual: 0.1, window: 20, cap: 2, rebalance: 'entry' },
      costs: { fee_bps: 0, slippage_bps: 1, spread_bps: 10_000 },
      ...{ mode: 'all_in', fill: 'next_open', trading_period: 365, capital: 0.5 },
    },
  ];
  const found = schemaAgreement({
    schema: pipelineConfigDocument.jsonSchema(),
    documents,
    problemsOf: (input) => pipelineConfigDocument.read(input).problems,
    beyond: () => false,
  });
  expect(Math.min(found.accepted, found.refused)).toBeGreaterThan(20);
});
