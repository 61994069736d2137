import { composeRecipe, type RecipeParts } from './compose-recipe';
import { DEFAULT_PIPELINE_CONFIG } from './recipe';

const pin = (n: number, hash = 'a') => ({
  id: `01890000-0000-7000-8000-00000000000${n}`,
  revision: 1,
  hash: hash.repeat(64),
});
const feature = (name: string, n: number, hash?: string) => ({
  pin: pin(n, hash),
  content: { name, plugin: 'column', plugin_version: '1', params: { column: 'close' } },
});
const logistic = {
  pin: pin(7),
  content: {
    kind: 'logistic' as const,
    inputs: [{ name: 'edge', pin: pin(1) }],
    label: { kind: 'forward_return_sign' as const, horizon: 1 },
    params: { l2: 1, max_iterations: 100, tolerance: 1e-8 },
    seed: 0,
    refit: { every: 63, min_train: 252 },
  },
};
const rules = (field: string) => ({
  pin: pin(8),
  content: {
    output_mode: 'discrete' as const,
    position_mode: 'long_only' as const,
    rule_tree: {
      groups: [
        { action: 'BUY' as const, combinator: 'AND' as const, rules: [{ field, operator: '>' as const, value: 0.5 }] },
      ],
    },
  },
});
const parts = (change: Partial<RecipeParts> = {}): RecipeParts => ({
  universe: ['EDGE'],
  timeframe: '1d',
  config: DEFAULT_PIPELINE_CONFIG,
  features: [feature('edge', 1)],
  model: logistic,
  signal: rules('prediction'),
  extraColumns: [],
  ...change,
});

const problemsOf = (run: () => unknown): { field: string; rule: string; value: unknown }[] => {
  try {
    run();
  } catch (error) {
    return (error as { errors: { field: string; rule: string; value: unknown }[] }).errors;
  }
  return [];
};

describe('composeRecipe', () => {
  it('resolves every part with its pin', () => {
    const recipe = composeRecipe(parts());
    expect(recipe.model).toMatchObject({ kind: 'logistic', inputs: ['edge'], pin: pin(7) });
    expect(recipe.signal?.pin).toEqual(pin(8));
  });

  it('refuses two features of one name', () => {
    const twice = parts({ features: [feature('edge', 1), feature('edge', 2)] });
    expect(problemsOf(() => composeRecipe(twice))).toContainEqual(
      expect.objectContaining({ rule: 'unique_names', value: 'edge' }),
    );
  });

  it('refuses a model whose input is no feature of the strategy, or another revision of it', () => {
    const without = parts({ features: [feature('other', 2)] });
    expect(problemsOf(() => composeRecipe(without))).toContainEqual(
      expect.objectContaining({ rule: 'model_inputs', value: 'edge' }),
    );
    const edited = parts({ features: [feature('edge', 1, 'b')] });
    expect(problemsOf(() => composeRecipe(edited))).toContainEqual(
      expect.objectContaining({ rule: 'same_feature_revision' }),
    );
  });

  it('knows `prediction` only with a model that makes one, and extra columns only where the bars have them', () => {
    const identity = { pin: pin(9), content: { kind: 'rule.identity' as const } };
    expect(problemsOf(() => composeRecipe(parts({ model: identity })))).toContainEqual(
      expect.objectContaining({ field: 'groups[0].rules[0].field', value: 'prediction' }),
    );
    const overFactor = { model: identity, signal: rules('factor') };
    expect(problemsOf(() => composeRecipe(parts(overFactor)))).toHaveLength(1);
    expect(problemsOf(() => composeRecipe(parts({ ...overFactor, extraColumns: ['factor'] })))).toEqual([]);
  });
});
