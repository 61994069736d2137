import { DEFAULT_PIPELINE_CONFIG } from '../recipes/recipe';
import { costsOf, withPipelineConfig } from './pipeline-config';

describe('withPipelineConfig', () => {
  it('changes the fields that are given, each as a whole', () => {
    const changed = withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { costs: { fee_bps: 1 }, fill: 'close' });
    expect(changed).toEqual({
      ...DEFAULT_PIPELINE_CONFIG,
      costs: { fee_bps: 1, slippage_bps: 0, spread_bps: 0 },
      fill: 'close',
    });
    expect(withPipelineConfig(DEFAULT_PIPELINE_CONFIG)).toEqual(DEFAULT_PIPELINE_CONFIG);
  });

  it('takes all four parameters of a volatility target', () => {
    const sizing = { kind: 'volatility_target' as const, annual: 0.2, window: 20, cap: 1, rebalance: 'bar' as const };
    expect(withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { sizing }).sizing).toEqual(sizing);
  });

  it('names the parameters of a volatility target that are missing', () => {
    const incomplete = () =>
      withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { sizing: { kind: 'volatility_target', annual: 0.2, cap: 1 } });
    const missing = (key: string) =>
      expect.objectContaining({ field: `pipeline_config.sizing.${key}`, rule: 'required', value: null });
    expect(incomplete).toThrow(expect.objectContaining({ errors: [missing('window'), missing('rebalance')] }));
  });

  it('refuses parameters with a fixed size', () => {
    const wrong = () => withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { sizing: { kind: 'fixed', window: 20 } });
    expect(wrong).toThrow('pipeline_config.sizing.window must not be given with kind fixed, was 20');
  });
});

describe('costsOf', () => {
  it('leaves 0 as 0', () => {
    expect(costsOf({ fee_bps: 0, spread_bps: 2 })).toEqual({ fee_bps: 0, slippage_bps: 0, spread_bps: 2 });
  });
});
