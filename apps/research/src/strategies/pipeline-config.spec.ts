import { pipelineConfigDocument } from '@assay/contracts';
import { DEFAULT_PIPELINE_CONFIG } from '../recipes/recipe';
import { withPipelineConfig } from './pipeline-config';

describe('withPipelineConfig', () => {
  it('changes the fields that are given, each as a whole; costs that are not stated are 0', () => {
    const now = { ...DEFAULT_PIPELINE_CONFIG, costs: { fee_bps: 5, slippage_bps: 3, spread_bps: 2 } };
    const changed = withPipelineConfig(now, { costs: { fee_bps: 0, spread_bps: 1 }, fill: 'close' });
    expect(changed).toEqual({ ...now, costs: { fee_bps: 0, slippage_bps: 0, spread_bps: 1 }, fill: 'close' });
    expect(withPipelineConfig(now)).toEqual(now);
    expect(withPipelineConfig(now, { mode: undefined })).toEqual(now);
  });

  it('takes all four parameters of a volatility target', () => {
    const sizing = { kind: 'volatility_target' as const, annual: 0.2, window: 20, cap: 1, rebalance: 'bar' as const };
    expect(withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { sizing }).sizing).toEqual(sizing);
  });
});

describe('what a pipeline config is refused for', () => {
  const refused = (config: unknown): [string, string, unknown][] =>
    pipelineConfigDocument.read(config).problems.map(({ field, rule, value }) => [field, rule, value]);

  it.each<[object, [string, string, unknown][]]>([
    [
      { sizing: { kind: 'volatility_target', annual: 0.2, cap: 1 } },
      [
        ['sizing.window', 'required', null],
        ['sizing.rebalance', 'required', null],
      ],
    ],
    [{ sizing: { kind: 'fixed', window: 20 } }, [['sizing.window', 'unknown_field', 20]]],
    [{ costs: { fee_bps: -1 } }, [['costs.fee_bps', 'minimum', -1]]],
    [{ costs: {} }, [['costs.fee_bps', 'required', null]]],
    [{ trading_period: '252' }, [['trading_period', 'type', '252']]],
    [
      { trading_period: 0, capital: 0 },
      [
        ['trading_period', 'minimum', 0],
        ['capital', 'exclusive_minimum', 0],
      ],
    ],
    [
      { mode: 'margin', leverage: 2 },
      [
        ['mode', 'enum', 'margin'],
        ['leverage', 'unknown_field', 2],
      ],
    ],
  ])('%j', (config, problems) => expect(refused(config)).toEqual(problems));
});
