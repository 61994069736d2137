import { syntheticPlantedEdge } from '@assay/simulators';
import { backtest, type ResearchClient, RULE_IDENTITY } from './research-harness';

const SIGN = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'edge', operator: '>', value: 0 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'edge', operator: '<', value: 0 }] },
  ],
};

/** Bars of EDGE, whose column `factor` tells of the next bar, as CSV text. */
export const plantedEdgeCsv = (): string => syntheticPlantedEdge({ seed: 1 });

/** A backtested strategy on the bars of EDGE that the gates let through. */
export async function seedEdgeStrategy(api: ResearchClient): Promise<string> {
  const series = { source: 'test', symbol: 'EDGE', timeframe: '1d', market: 'US', synthetic: true };
  await api.ok('POST', '/data/import', { ...series, content: plantedEdgeCsv() });
  const feature = await api.ok('POST', '/features', { name: 'edge', plugin: 'column', params: { column: 'factor' } });
  const signal = await api.ok('POST', '/signals', { name: 's', rule_tree: SIGN, position_mode: 'long_short' });
  const { id } = await api.ok('POST', '/strategies', {
    ...{ name: 'edge', universe: ['EDGE'], source: 'test', timeframe: '1d' },
    pipeline_config: { costs: { fee_bps: 5 } },
  });
  const parts = { feature_ids: [feature.id], signal_logic_id: signal.id, model_id: RULE_IDENTITY };
  await api.ok('PATCH', `/strategies/${id}`, { version: 1, ...parts });
  await backtest(api, id);
  return id;
}
