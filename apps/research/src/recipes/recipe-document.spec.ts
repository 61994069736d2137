import { configHash } from '@assay/pipeline';
import { RULE_IDENTITY_ID } from './model-content';
import { documentOf, missingParts, recipeHash, trialHash } from './recipe-document';
import { DEFAULT_PIPELINE_CONFIG, type Recipe } from './recipe';

const pin = (id: string, hash = 'a') => ({
  id: `01890000-0000-7000-8000-${id.padStart(12, '0')}`,
  revision: 1,
  hash: hash.repeat(64),
});

const recipe = (change: Partial<Recipe> = {}): Recipe => ({
  kind: 'pipeline',
  universe: ['SP500'],
  timeframe: '1d',
  features: [
    { pin: pin('1'), name: 'sma_20', plugin: 'sma', plugin_version: '1', params: { window: 20, column: 'close' } },
  ],
  model: { pin: pin('2'), kind: 'rule.identity' },
  signal: {
    pin: pin('3'),
    output_mode: 'discrete',
    position_mode: 'long_only',
    rule_tree: {
      groups: [
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'sma_20' } }] },
      ],
    },
  },
  document: null,
  config: DEFAULT_PIPELINE_CONFIG,
  ...change,
});
const identity = { strategyId: pin('9').id, name: 'any name', revision: 7, createdAt: new Date(0) };

describe('recipeHash', () => {
  it('is the hash of the Strategy JSON, so that its holder can recompute it', () => {
    expect(recipeHash(recipe())).toBe(configHash(documentOf(recipe(), 'SP500', identity)));
  });

  it('does not depend on the fitted model or the history anchor', () => {
    const artifact = { uri: 'artifact:sha256/x', sha256: 'b'.repeat(64), train_end: null };
    expect(configHash(documentOf(recipe(), 'SP500', identity, { artifact }))).toBe(recipeHash(recipe()));
  });

  it.each<[string, Partial<Recipe>]>([
    ['costs', { config: { ...DEFAULT_PIPELINE_CONFIG, costs: { fee_bps: 6, slippage_bps: 0, spread_bps: 0 } } }],
    ['accounting mode', { config: { ...DEFAULT_PIPELINE_CONFIG, mode: 'all_in' } }],
    ['fill', { config: { ...DEFAULT_PIPELINE_CONFIG, fill: 'close' } }],
    ['universe', { universe: ['SP500', 'AAPL'] }],
    ['pinned hash', { model: { pin: pin('2', 'c'), kind: 'rule.identity' } }],
    ['a missing part', { model: null }],
  ])('changes with the %s', (_what, change) => {
    expect(recipeHash(recipe(change))).not.toBe(recipeHash(recipe()));
  });

  it('knows the capital where it decides what an order costs', () => {
    const costs = { ...DEFAULT_PIPELINE_CONFIG.costs, minimum_fee: 1 };
    const hashes = [1, 2].map((capital) =>
      recipeHash(recipe({ config: { ...DEFAULT_PIPELINE_CONFIG, costs, capital } })),
    );
    expect(new Set([...hashes, recipeHash(recipe())]).size).toBe(3);
  });

  it('ignores the capital where no figure depends on it', () => {
    expect(recipeHash(recipe({ config: { ...DEFAULT_PIPELINE_CONFIG, capital: 1 } }))).toBe(recipeHash(recipe()));
  });
});

describe('trialHash', () => {
  it('is the same for the same content under other ids or none', () => {
    const other = recipe({ model: { pin: null, kind: 'rule.identity' } });
    other.features = other.features.map((feature) => ({ ...feature, pin: pin('8', 'd') }));
    expect(trialHash(other)).toBe(trialHash(recipe()));
  });

  it('changes with a parameter and with the accounting', () => {
    const [feature] = recipe().features;
    const wider = recipe({ features: [{ ...feature!, params: { ...feature!.params, window: 21 } }] });
    const filled = recipe({ config: { ...DEFAULT_PIPELINE_CONFIG, fill: 'close' } });
    expect(new Set([wider, filled, recipe()].map(trialHash)).size).toBe(3);
  });
});

describe('documentOf', () => {
  it('names every part that is missing', () => {
    expect(missingParts(recipe({ model: null, signal: null }))).toEqual(['model_id', 'signal_logic_id']);
    expect(() => documentOf(recipe({ signal: null }), 'SP500', identity)).toThrow(
      'signal_logic_id must be attached first',
    );
    expect(() => documentOf(recipe({ model: null }), 'SP500', identity)).toThrow(
      `model_id must be attached first; for rules alone the model is rule.identity, ${RULE_IDENTITY_ID}`,
    );
  });
});
