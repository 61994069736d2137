import { pipelineConfigDocument } from '@assay/contracts';
import { recipeHash } from '../recipes/recipe-document';
import { DEFAULT_PIPELINE_CONFIG, type PipelineConfig, type Recipe } from '../recipes/recipe';
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

describe('margin calls beside stops or entry orders', () => {
  const margin = { maintenance: 0.25, on_call: 'close' } as const;
  const sizing = { kind: 'fixed', leverage: { max: 2, margin } } as const;
  const protection = { stop_loss: { percent: 5 } };
  const entry_order = { type: 'limit', offset: { percent: 1 }, expires_after_bars: 2 } as const;

  it.each([{ protection }, { entry_order }])('are refused with %j, at once or one after the other', (rules) => {
    expect(pipelineConfigDocument.read({ sizing, ...rules }).problems).toEqual([
      expect.objectContaining({ field: 'sizing.leverage.margin', rule: 'no_order_rules', value: margin }),
    ]);
    for (const [first, then] of [
      [{ sizing }, rules],
      [rules, { sizing }],
    ]) {
      const now = withPipelineConfig(DEFAULT_PIPELINE_CONFIG, first);
      expect(() => withPipelineConfig(now, then)).toThrow(
        'pipeline_config.sizing.leverage.margin must be left out where protection or entry_order is stated',
      );
    }
  });

  it('are taken once the stops are taken away', () => {
    const now = withPipelineConfig(DEFAULT_PIPELINE_CONFIG, { protection });
    expect(withPipelineConfig(now, { sizing, protection: null })).toMatchObject({ sizing });
  });
});

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
