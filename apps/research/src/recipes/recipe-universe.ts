import type { UniverseDocument } from '@assay/contracts';
import { sha256Hex } from '@assay/primitives';
import { DEFAULT_PIPELINE_CONFIG, type Recipe } from './recipe';

/** Who it is and how often it was changed belongs to the strategy, not to its content. */
const NOBODY = { strategy_id: '00000000-0000-7000-8000-000000000000', name: '', version: 1 };

export const isUniverseRecipe = ({ kind }: Pick<Recipe, 'kind'>): boolean => kind === 'universe';

/** A universe document is its own content. */
export function recipeOfUniverse({ created_at: _, ...document }: UniverseDocument): Recipe {
  const { mode, fill, costs, trading_period, timeframe } = document;
  return {
    ...{ kind: 'universe', timeframe, features: [], model: null, signal: null, document: null },
    universe: document.universe.map(({ symbol }) => symbol),
    config: { ...DEFAULT_PIPELINE_CONFIG, mode, fill, costs, trading_period },
    universe_document: { ...document, ...NOBODY },
  };
}

/** The content of a revision under its present name and id; null for any other. */
export function universeOf(
  { recipe, revision, strategyId }: { recipe: Recipe; revision: number; strategyId: string },
  name: string,
): UniverseDocument | null {
  const { universe_document: document } = recipe;
  return document ? { ...document, strategy_id: strategyId, name, version: revision } : null;
}

/** What stands for the bars of a recipe where one symbol is asked for: of a universe its size and the hash of its list. */
export function dataSymbol(recipe: Pick<Recipe, 'kind' | 'universe'>): string {
  const { universe } = recipe;
  if (!isUniverseRecipe(recipe)) return universe[0]!;
  return `universe of ${universe.length}, ${sha256Hex(Buffer.from([...universe].sort().join('\n'))).slice(0, 12)}`;
}
