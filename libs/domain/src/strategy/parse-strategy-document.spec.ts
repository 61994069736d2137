import { DomainError, type FieldProblem } from '@assay/primitives';
import { examplePipeline, exampleStrategy } from '../fixtures/documents';
import { exampleModelKinds as models } from '../fixtures/model-kinds';
import { configIdentity, modelPlan, parseStrategyDocument } from './index';

type Json = Record<string, unknown>;
const withSubstrategy = (change: Json): Json => ({
  ...exampleStrategy,
  substrategies: [{ ...exampleStrategy.substrategies[0], ...change }],
});

function problemsOf(input: unknown): FieldProblem[] {
  try {
    parseStrategyDocument(input, { models });
  } catch (error) {
    if (error instanceof DomainError) return error.errors ?? [];
    throw error;
  }
  return [];
}

describe('a substrategies document', () => {
  it('of the published example passes unchanged, with its resolutions as warnings', () => {
    const before = structuredClone(exampleStrategy);
    const { document, warnings, resolved } = parseStrategyDocument(exampleStrategy);
    expect(document).toEqual(before);
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(before)));
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([
      ['band_resolved_to_bounded', 'substrategies[1].signal_func'],
      ['threshold_mirrored', 'substrategies[1].signal'],
    ]);
    expect(resolved.map((sub) => [sub.featureName, sub.signalFunction])).toEqual([
      ['s1_get_bollinger_band_20', 'momentum_band_signal'],
      ['s2_get_rsi_14', 'reversion_bounded_signal'],
    ]);
  });

  it('round-trips: parsing its own result changes nothing', () => {
    const once = parseStrategyDocument(exampleStrategy).document;
    expect(parseStrategyDocument(once).document).toEqual(once);
  });

  it('gets an id when it has none or the placeholder, and says so', () => {
    const generateId = () => '018f0000-0000-7000-8000-00000000000f';
    for (const strategy_id of [undefined, 'auto-generated-uuid']) {
      const { document, warnings } = parseStrategyDocument({ ...exampleStrategy, strategy_id }, { generateId });
      expect(document.strategy_id).toBe(generateId());
      expect(warnings[0].code).toBe('id_generated');
    }
    expect(problemsOf({ ...exampleStrategy, strategy_id: undefined })[0]).toMatchObject({ rule: 'required' });
  });

  it('gets the name of its parts when it has none', () => {
    const { document, warnings } = parseStrategyDocument({ ...exampleStrategy, name: '' });
    expect(document.name).toBe('bollinger_momentum_20_1.0_and_rsi_reversion_14_30.0');
    expect(warnings.some((warning) => warning.code === 'name_generated')).toBe(true);
    expect(parseStrategyDocument({ ...withSubstrategy({}), name: undefined }).document.name).toBe(
      'bollinger_momentum_20_1.0',
    );
  });

  it('of the legacy form becomes one substrategy', () => {
    const { substrategies, ...envelope } = exampleStrategy;
    const { id: _, ...fields } = substrategies[0];
    const { document, warnings } = parseStrategyDocument({ ...envelope, ...fields });
    expect(document).toEqual({ ...envelope, substrategies: [{ id: 1, ...fields }] });
    expect(warnings.map((warning) => warning.code)).toContain('legacy_document_normalised');
  });

  it('of the published multi-factor example passes, with what its thresholds will mean', () => {
    const document = {
      ...exampleStrategy,
      ticker: 'AAPL',
      trading_period: 252,
      substrategies: [
        { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal', window: 20, signal: 1.0, data_column: 'v' },
        {
          id: 2,
          indicator: 'get_rsi',
          signal_func: 'reversion_band_signal',
          window: 14,
          signal: 0.5,
          data_column: 'v',
        },
      ],
    };
    const parsed = parseStrategyDocument(document);
    expect(parsed.document).toEqual(document);
    expect(parsed.warnings.map((warning) => warning.code)).toEqual([
      'relative_to_average',
      'band_resolved_to_bounded',
      'threshold_mirrored',
    ]);
  });

  it('compares an average of a price as a relative distance, of another column literally', () => {
    const sma = { indicator: 'get_sma', signal: 0.02 };
    expect(parseStrategyDocument(withSubstrategy(sma)).resolved[0].relative).toBe(true);
    expect(parseStrategyDocument(withSubstrategy({ ...sma, data_column: 'high' })).resolved[0].relative).toBe(true);
    expect(parseStrategyDocument(withSubstrategy({ ...sma, data_column: 'volume' })).resolved[0].relative).toBe(false);
    const extra = parseStrategyDocument(withSubstrategy({ ...sma, data_column: 'factor' }), { columns: ['factor'] });
    expect(extra.resolved[0].relative).toBe(false);
  });

  it('resolves a bounded function on an unbounded indicator to the band one, suffix kept', () => {
    const [sub] = parseStrategyDocument(
      withSubstrategy({ signal_func: 'reversion_bounded_signal_long_only' }),
    ).resolved;
    expect(sub.signalFunction).toBe('reversion_band_signal_long_only');
  });

  it.each<[string, unknown, string, string]>([
    ['a number', 7, 'document', 'type'],
    ['null', null, 'document', 'type'],
    ['a list', [], 'document', 'type'],
    ['an unknown field', { ...exampleStrategy, colour: 'red' }, 'colour', 'unknown_field'],
    ['an unknown field inside', withSubstrategy({ colour: 'red' }), 'substrategies[0].colour', 'unknown_field'],
    ['no ticker', { ...exampleStrategy, ticker: undefined }, 'ticker', 'required'],
    ['an empty ticker', { ...exampleStrategy, ticker: '' }, 'ticker', 'min_length'],
    ['a padded ticker', { ...exampleStrategy, ticker: ' A' }, 'ticker', 'pattern'],
    ['a bad id', { ...exampleStrategy, strategy_id: 'abc' }, 'strategy_id', 'format'],
    ['a long name', { ...exampleStrategy, name: 'x'.repeat(256) }, 'name', 'max_length'],
    ['version 0', { ...exampleStrategy, version: 0 }, 'version', 'minimum'],
    ['a bad date', { ...exampleStrategy, created_at: '2026-02-30T00:00:00Z' }, 'created_at', 'format'],
    ['a bad kind', { ...exampleStrategy, kind: 'other' }, 'kind', 'enum'],
    ['a bad timeframe', { ...exampleStrategy, timeframe: '2d' }, 'timeframe', 'enum'],
    ['trading_period 0', { ...exampleStrategy, trading_period: 0 }, 'trading_period', 'minimum'],
    ['a fractional trading_period', { ...exampleStrategy, trading_period: 252.5 }, 'trading_period', 'type'],
    ['a bad conjunction', { ...exampleStrategy, conjunction: 'XOR' }, 'conjunction', 'enum'],
    ['no substrategies', { ...exampleStrategy, substrategies: [] }, 'substrategies', 'min_items'],
    ['substrategies null', { ...exampleStrategy, substrategies: null }, 'substrategies', 'type'],
    ['a bad indicator', withSubstrategy({ indicator: 'get_macd' }), 'substrategies[0].indicator', 'enum'],
    ['a bad function', withSubstrategy({ signal_func: 'x' }), 'substrategies[0].signal_func', 'enum'],
    ['window 1 of a deviation', withSubstrategy({ window: 1 }), 'substrategies[0].window', 'minimum'],
    ['an endless window', withSubstrategy({ window: 10_001 }), 'substrategies[0].window', 'maximum'],
    ['a window as text', withSubstrategy({ window: '20' }), 'substrategies[0].window', 'type'],
    ['a signal as text', withSubstrategy({ signal: '1' }), 'substrategies[0].signal', 'type'],
    ['an infinite signal', withSubstrategy({ signal: Infinity }), 'substrategies[0].signal', 'type'],
    [
      'a bounded signal above 100',
      withSubstrategy({ indicator: 'get_rsi', signal: 101 }),
      'substrategies[0].signal',
      'maximum',
    ],
    [
      'a bounded signal below 0',
      withSubstrategy({ indicator: 'get_rsi', signal: -1 }),
      'substrategies[0].signal',
      'minimum',
    ],
    ['a missing column', withSubstrategy({ data_column: 'vwap' }), 'substrategies[0].data_column', 'unknown_column'],
    ['sizing of no kind', { ...exampleStrategy, sizing: { kind: 'half' } }, 'sizing.kind', 'enum'],
    [
      'sizing without cap',
      { ...exampleStrategy, sizing: { kind: 'volatility_target', annual: 0.1, window: 21, rebalance: 'bar' } },
      'sizing.cap',
      'required',
    ],
    ['FILTER of one', { ...withSubstrategy({}), conjunction: 'FILTER' }, 'substrategies', 'filter_pair'],
  ])('with %s is refused by field and rule', (_, input, field, rule) => {
    expect(problemsOf(input).map((problem) => [problem.field, problem.rule])).toContainEqual([field, rule]);
  });

  it('lists every problem with its value, not only the first', () => {
    const problems = problemsOf({ ...withSubstrategy({ window: 1, colour: 1 }), ticker: 5, extra: true });
    expect(problems.map(({ field, value }) => [field, value])).toEqual([
      ['ticker', 5],
      ['substrategies[0].colour', 1],
      ['extra', true],
      ['substrategies[0].window', 1],
    ]);
    expect(problems[3].message).toBe('substrategies[0].window must be at least 2, was 1');
  });

  it('names repeated ids by their place, and a wrong pair for FILTER, beside everything else that is wrong', () => {
    const sub = (id: unknown) => ({
      id,
      indicator: 'get_sma',
      signal_func: 'momentum_band_signal',
      window: 3,
      signal: 0,
    });
    const substrategies = [sub('x'), sub(2), sub(2)];
    const document = { ticker: 'X', trading_period: 0, conjunction: 'FILTER', substrategies };
    const fields = problemsOf(document).map(({ field, rule }) => `${field} ${rule}`);
    expect(fields.sort()).toEqual([
      'strategy_id required',
      'substrategies filter_pair',
      'substrategies[0].id type',
      'substrategies[2].id unique',
      'trading_period minimum',
    ]);
  });

  it('with a repeated substrategy id is refused', () => {
    const [first, second] = exampleStrategy.substrategies;
    const problems = problemsOf({ ...exampleStrategy, substrategies: [first, { ...second, id: 1 }] });
    expect(problems).toEqual([expect.objectContaining({ field: 'substrategies[1].id', rule: 'unique', value: 1 })]);
  });

  it('naming a missing column learns which columns there are', () => {
    const [problem] = problemsOf(withSubstrategy({ data_column: 'vwap' }));
    expect(problem.message).toContain('v, open, high, low, close, volume');
  });
});

describe('a pipeline document', () => {
  it('passes unchanged', () => {
    const { document, warnings, resolved } = parseStrategyDocument(structuredClone(examplePipeline), { models });
    expect(document).toEqual(examplePipeline);
    expect([warnings, resolved]).toEqual([[], []]);
  });

  it.each<[string, (d: Json) => void, string, string]>([
    ['an unknown field', (d) => (d.colour = 1), 'colour', 'unknown_field'],
    ['no features', (d) => delete d.features, 'features', 'required'],
    ['a reserved feature name', (d) => ((d.features as Json[])[0].name = 'prediction'), 'features[0].name', 'reserved'],
    ['a repeated feature name', (d) => ((d.features as Json[])[0].name = 'sma_20'), 'features[1].name', 'unique'],
    [
      'a parameter of no type',
      (d) => ((d.features as Json[])[0].params = { window: [] }),
      'features[0].params.window',
      'type',
    ],
    ['a bad pin', (d) => ((d.features as Json[])[0].pin = { id: 'x' }), 'features[0].pin.id', 'format'],
    ['a model of no kind', (d) => ((d.model as Json).kind = 'forest'), 'model.kind', 'enum'],
    ['an unknown model input', (d) => ((d.model as Json).inputs = ['atr']), 'model.inputs[0]', 'unknown_reference'],
    [
      'horizon 0',
      (d) => ((d.model as Json).label = { kind: 'forward_return_sign', horizon: 0 }),
      'model.label.horizon',
      'minimum',
    ],
    ['a penalty below 0', (d) => (((d.model as Json).params as Json).l2 = -1), 'model.params.l2', 'minimum'],
    [
      'a tolerance of 0',
      (d) => (((d.model as Json).params as Json).tolerance = 0),
      'model.params.tolerance',
      'exclusive_minimum',
    ],
    [
      'too many steps',
      (d) => (((d.model as Json).params as Json).max_iterations = 10_001),
      'model.params.max_iterations',
      'maximum',
    ],
    [
      'half a step',
      (d) => (((d.model as Json).params as Json).max_iterations = 1.5),
      'model.params.max_iterations',
      'type',
    ],
    [
      'a parameter of another kind',
      (d) => (((d.model as Json).params as Json).split = 'gini'),
      'model.params.split',
      'unknown_field',
    ],
    ['an artifact without hash', (d) => ((d.artifact as Json).sha256 = 'x'), 'artifact.sha256', 'pattern'],
    ['a bad position mode', (d) => ((d.signal as Json).position_mode = 'short'), 'signal.position_mode', 'enum'],
    ['no rule groups', (d) => ((d.signal as Json).rule_tree = { groups: [] }), 'signal.rule_tree.groups', 'min_items'],
    ['no sizing', (d) => delete d.sizing, 'sizing', 'required'],
    ['a negative fee', (d) => ((d.costs as Json).fee_bps = -1), 'costs.fee_bps', 'minimum'],
    ['an anchor without source', (d) => delete (d.history_anchor as Json).source, 'history_anchor.source', 'required'],
    ['conjunction', (d) => (d.conjunction = 'AND'), 'conjunction', 'unknown_field'],
  ])('with %s is refused by field and rule', (_, change, field, rule) => {
    const input = structuredClone(examplePipeline) as unknown as Json;
    change(input);
    expect(problemsOf(input).map((problem) => [problem.field, problem.rule])).toContainEqual([field, rule]);
  });

  it('of a kind with a choice takes one of its values', () => {
    const tree = (split: unknown) => ({
      ...examplePipeline,
      model: { ...modelPlan(examplePipeline.model), kind: 'tree', params: { split } },
    });
    expect(problemsOf(tree('entropy'))).toEqual([]);
    expect(problemsOf(tree('chance'))).toMatchObject([{ field: 'model.params.split', rule: 'enum' }]);
  });

  it('is taken with any kind and parameters where nobody knows the kinds', () => {
    const model = { ...modelPlan(examplePipeline.model)!, kind: 'forest', params: { trees: 3 } };
    expect(parseStrategyDocument({ ...examplePipeline, model }).document).toMatchObject({ model });
    expect(() => parseStrategyDocument({ ...examplePipeline, model: { ...model, kind: 'A forest' } })).toThrow(
      'model.kind must be a plugin key',
    );
  });

  it('without a model has no prediction to rule by', () => {
    const problems = problemsOf({ ...examplePipeline, model: { pin: null, kind: 'rule.identity' } });
    expect(problems.map((problem) => problem.field)).toEqual([
      'signal.rule_tree.groups[0].rules[0].field',
      'signal.rule_tree.groups[1].rules[0].field',
    ]);
  });
});

describe('columns of bars that are another service', () => {
  it('are not checked, everything else is', () => {
    const factor = withSubstrategy({ data_column: 'factor' });
    expect(parseStrategyDocument(factor, { columns: 'any' }).document).toEqual(factor);
    expect(() => parseStrategyDocument(withSubstrategy({ window: 0 }), { columns: 'any' })).toThrow(DomainError);
    const pipeline = structuredClone(examplePipeline);
    pipeline.signal.rule_tree.groups[1].rules = [{ field: 'factor', operator: '<', value: 0 }];
    expect(parseStrategyDocument(pipeline, { columns: 'any' }).document).toEqual(pipeline);
    expect(() => parseStrategyDocument(pipeline)).toThrow(DomainError);
    expect(parseStrategyDocument(pipeline, { columns: ['factor'] }).document).toEqual(pipeline);
  });
});

describe('config identity', () => {
  it('is blind to ids, version, time, name, anchor and artifact, and to nothing else', () => {
    const base = configIdentity(examplePipeline);
    const renamed = { ...examplePipeline, strategy_id: 'x', version: 9, name: 'y', created_at: 'z', artifact: null };
    expect(configIdentity(renamed)).toEqual(base);
    expect(configIdentity({ ...examplePipeline, history_anchor: undefined })).toEqual(base);
    expect(configIdentity({ ...examplePipeline, ticker: 'MSFT' })).not.toEqual(base);
    expect(base.features).toEqual(examplePipeline.features);
  });
});
