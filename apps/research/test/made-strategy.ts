import { NO_MODEL } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import { DEFAULT_PIPELINE_CONFIG, type Recipe } from '../src/recipes/recipe';
import type { StrategyPart } from '../src/records/strategies/strategy.store';
import type { StrategyEntity } from '../src/records/strategies/strategy.entity';

/** A draft of pipelines without parts. */
export function madeStrategy(change: Partial<StrategyEntity> = {}): StrategyEntity {
  const id = change.id ?? newId();
  const at = new Date('2024-05-06T07:08:09.000Z');
  return {
    id,
    ownerId: newId(),
    name: 'trend',
    description: null,
    kind: 'pipeline',
    universe: ['SP500'],
    source: null,
    timeframe: '1d',
    featureIds: [],
    modelId: null,
    signalLogicId: null,
    pipelineConfig: DEFAULT_PIPELINE_CONFIG,
    document: null,
    revision: 1,
    promotedRevision: null,
    lineageId: id,
    clonedFrom: null,
    version: 1,
    archivedAt: null,
    createdAt: at,
    updatedAt: at,
    ...change,
  };
}

export const madeRecipe = (change: Partial<Recipe> = {}): Recipe => ({
  kind: 'pipeline',
  universe: ['SP500'],
  timeframe: '1d',
  features: [],
  model: null,
  signal: null,
  document: null,
  config: DEFAULT_PIPELINE_CONFIG,
  ...change,
});

/** A recipe with a feature, a model and signal logic, each pinned; `ids` of the definitions, others are made up. */
export function madePinningRecipe(ids: Partial<Record<StrategyPart, string>> = {}): Recipe {
  const pin = (id = newId()) => ({ id, revision: 3, hash: 'a'.repeat(64) });
  return madeRecipe({
    features: [{ pin: pin(ids.feature), name: 'sma', plugin: 'sma', plugin_version: '1', params: { window: 20 } }],
    model: { pin: pin(ids.model), kind: NO_MODEL },
    signal: {
      pin: pin(ids['signal logic']),
      rule_tree: { groups: [] },
      output_mode: 'discrete',
      position_mode: 'long_only',
    },
  });
}
