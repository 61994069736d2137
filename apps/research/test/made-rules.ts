import type { Recipe } from '../src/recipes/recipe';
import { madeRecipe } from './made-strategy';

/** A recipe that lacks nothing: long while the close is positive, without a model. */
export const madeRules = (change: Partial<Recipe> = {}): Recipe =>
  madeRecipe({
    model: { pin: null, kind: 'rule.identity' },
    signal: {
      pin: null,
      output_mode: 'discrete',
      position_mode: 'long_only',
      rule_tree: {
        groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 0 }] }],
      },
    },
    ...change,
  });
