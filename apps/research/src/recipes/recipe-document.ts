import {
  NO_MODEL,
  type ArtifactRef,
  type HistoryAnchor,
  type ModelSpec,
  type PipelineDocument,
  type SignalSpec,
  type StrategyDocument,
  type SubstrategiesDocument,
  type UniverseDocument,
} from '@assay/contracts';
import { configHash, needsCapital } from '@assay/pipeline';
import { hashOf, refuse } from '@assay/primitives';
import { RULE_IDENTITY_ID } from './model-content';
import { DEFAULT_PIPELINE_CONFIG, type PipelineConfig, type Recipe } from './recipe';

export interface DocumentIdentity {
  strategyId: string;
  name: string;
  revision: number;
  createdAt?: Date;
}

/** What is not part of the recipe but travels with it. */
export interface DocumentAttachments {
  artifact?: ArtifactRef | null;
  historyAnchor?: HistoryAnchor | null;
}

type CompleteRecipe = Recipe & { model: ModelSpec; signal: SignalSpec };

/** Parts that a backtest needs and the recipe lacks, by field name; an imported substrategies document lacks none. */
export function missingParts(recipe: Recipe): ('model_id' | 'signal_logic_id')[] {
  if (recipe.kind !== 'pipeline') return [];
  return [...(recipe.model ? [] : (['model_id'] as const)), ...(recipe.signal ? [] : (['signal_logic_id'] as const))];
}

const isComplete = (recipe: Recipe): recipe is CompleteRecipe => missingParts(recipe).length === 0;

/** @throws DomainError `not_ready` that names the parts not attached yet, and the model to attach where rules are enough. */
export function assertComplete(recipe: Recipe): asserts recipe is CompleteRecipe {
  if (isComplete(recipe)) return;
  const missing = missingParts(recipe);
  const hint = missing.includes('model_id') ? `; for rules alone the model is ${NO_MODEL}, ${RULE_IDENTITY_ID}` : '';
  throw refuse('not_ready', `${missing.join(' and ')} must be attached first${hint}`, { missing });
}

const OF_SYMBOLS = 'a strategy over a universe must be taken as a whole, since it has no Strategy JSON of one symbol';

/**
 * The Strategy JSON of a recipe for one symbol of its universe.
 * @throws DomainError `not_ready` that names the parts not attached yet.
 */
export function documentOf(
  recipe: Recipe,
  symbol: string,
  identity: DocumentIdentity,
  attachments: DocumentAttachments = {},
): StrategyDocument {
  assertComplete(recipe);
  if (recipe.kind === 'universe') throw refuse('not_ready', OF_SYMBOLS, { universe: recipe.universe });
  const envelope = {
    strategy_id: identity.strategyId,
    name: identity.name,
    version: identity.revision,
    ...(identity.createdAt ? { created_at: identity.createdAt.toISOString() } : {}),
  };
  if (recipe.document) return { ...(recipe.document as SubstrategiesDocument), ...envelope, ticker: symbol };
  const document: PipelineDocument = {
    ...envelope,
    ticker: symbol,
    kind: 'pipeline',
    timeframe: recipe.timeframe,
    trading_period: recipe.config.trading_period,
    features: recipe.features,
    model: recipe.model,
    artifact: attachments.artifact ?? null,
    signal: recipe.signal,
    sizing: recipe.config.sizing,
    costs: recipe.config.costs,
    ...orderRules(recipe.config),
  };
  return attachments.historyAnchor ? { ...document, history_anchor: attachments.historyAnchor } : document;
}

/** How positions are entered and ended beside their signal; what is absent is no field. */
export const orderRules = ({
  protection,
  entry_order,
}: Pick<PipelineConfig, 'protection' | 'entry_order'>): Pick<PipelineConfig, 'protection' | 'entry_order'> => ({
  ...(protection ? { protection } : {}),
  ...(entry_order ? { entry_order } : {}),
});

/** Settings that decide backtest figures but are no part of a Strategy JSON. Null where they are the defaults. */
export function evaluationSettings({ kind, config }: Recipe): Record<string, unknown> | null {
  const { mode, fill, costs, capital } = config;
  const standard = DEFAULT_PIPELINE_CONFIG;
  const sameCosts = kind === 'pipeline' || hashOf(costs) === hashOf(standard.costs);
  // how large an order is decides what it costs
  const sized = needsCapital(costs);
  if (mode === standard.mode && fill === standard.fill && sameCosts && !sized) return null;
  return { mode, fill, ...(sameCosts ? {} : { costs }), ...(sized ? { capital } : {}) };
}

const ANONYMOUS: DocumentIdentity = { strategyId: '00000000-0000-7000-8000-000000000000', name: '', revision: 1 };

/**
 * `config_hash` of a revision. For one symbol under the default accounting it is the hash of its Strategy JSON, so that
 * whoever holds the document can recompute it; further symbols, other accounting and incomplete drafts hash around it.
 */
export function recipeHash(recipe: Recipe): string {
  if (recipe.universe_document) return configHash(recipe.universe_document);
  if (!isComplete(recipe)) return hashOf({ draft: recipe });
  const hashes = recipe.universe.map((symbol) => configHash(documentOf(recipe, symbol, ANONYMOUS)));
  const evaluation = evaluationSettings(recipe);
  if (hashes.length === 1 && evaluation === null) return hashes[0]!;
  return hashOf({ documents: [...hashes].sort(), evaluation });
}

/**
 * Identity of what was tried: the config hash with every pin left out, so that the same content under another id, or
 * not saved at all (a sweep cell), is the same trial.
 */
export function trialHash(recipe: Recipe): string {
  if (recipe.universe_document) return configHash(withSettings(recipe.universe_document, recipe.config));
  return trialHashOfDocument(documentOf(recipe, recipe.universe[0]!, ANONYMOUS), recipe);
}

/** A universe document under settings of a run, which are part of it. */
export const withSettings = (
  document: UniverseDocument,
  { mode, fill, costs }: Pick<PipelineConfig, 'mode' | 'fill' | 'costs'>,
): UniverseDocument => ({ ...document, mode, fill, costs });

/** The same of a document that a recipe's settings are applied to. */
export function trialHashOfDocument(document: StrategyDocument, recipe: Recipe): string {
  const { features = [], model, signal } = document as PipelineDocument;
  const bare =
    document.kind === 'pipeline'
      ? {
          ...document,
          features: features.map((feature) => ({ ...feature, pin: null })),
          model: { ...model, pin: null },
          signal: { ...signal, pin: null },
        }
      : document;
  const hash = configHash(bare);
  const evaluation = evaluationSettings(recipe);
  return evaluation === null ? hash : hashOf({ documents: [hash], evaluation });
}
