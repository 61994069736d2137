import type { StrategyDocument, UniverseDocument } from '@assay/contracts';

/** Where and when a document came to be, and what is fitted from it: none of it changes the recipe. */
const NOT_CONTENT: ReadonlySet<string> = new Set([
  'strategy_id',
  'version',
  'created_at',
  'name',
  'history_anchor',
  'artifact',
]);

/**
 * The part of a document whose canonical JSON is hashed to `config_hash`: all but `strategy_id`, `version`,
 * `created_at` and `name`, and but the history anchor and the fitted artifact, which evidence pins beside it.
 * `substrategies[].id` and the pinned (id, revision, hash) stay.
 */
export function configIdentity(document: StrategyDocument | UniverseDocument): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([key]) => !NOT_CONTENT.has(key)));
}
