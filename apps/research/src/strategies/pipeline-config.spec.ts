import { recipeHash } from '../recipes/recipe-document';
import { DEFAULT_PIPELINE_CONFIG, type PipelineConfig, type Recipe } from '../recipes/recipe';
import { withPipelineConfig } from './pipeline-config';

const recipe = (config: PipelineConfig): Recipe => ({
  kind: 'pipeline',
  universe: ['EDGE'],
  timeframe: '1d',
  features: [],
  model: { pin: null, kind: 'rule.identity' },
  signal: {
    pin: null,
    output_mode: 'discrete',
    position_mode: 'long_only',
    rule_tree: {
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 1 }] }],
    },
  },
  document: null,
  config,
});
const hashWith = (config: PipelineConfig): string => recipeHash(recipe(config));

describe('stops in the settings of a strategy', () => {
  const plain = hashWith(DEFAULT_PIPELINE_CONFIG);
  const stopped = withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { protection: { stop_loss: { atr: 2 } } });

  it('are its content, a stated default like one that is left out', () => {
    expect(hashWith(stopped)).not.toBe(plain);
    const protection = { stop_loss: { atr: 2, window: 14 }, re_entry: { rule: 'after_signal_off' } } as const;
    expect(hashWith(withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { protection }))).toBe(hashWith(stopped));
  });

  it('stay while other settings change, and leave nothing behind when they are taken away', () => {
    expect(withPipelineConfig(stopped, { capital: 5 }).protection).toEqual(stopped.protection);
    const without = withPipelineConfig(stopped, { protection: null });
    expect(without).toEqual(DEFAULT_PIPELINE_CONFIG);
    expect(hashWith(without)).toBe(plain);
  });

  it('are refused by the field', () => {
    expect(() => withPipelineConfig(stopped, { protection: {} })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'protection', rule: 'any_of' })] }),
    );
    const entry_order = { type: 'stop', offset: { percent: 1 }, expires_after_bars: 0 } as const;
    expect(() => withPipelineConfig(stopped, { entry_order })).toThrow(
      expect.objectContaining({
        errors: [expect.objectContaining({ field: 'entry_order.expires_after_bars', rule: 'minimum' })],
      }),
    );
  });
});
