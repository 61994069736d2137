import type { SubstrategiesDocument, Warning } from '@assay/contracts';
import { resolveSubstrategies } from '@assay/domain';
import type { StrategyDto, StrategyRevisionDto } from './strategy.response';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import type { StrategyWithRevision } from '../records/strategies/strategy.store';

/** How the imported document of a revision is understood; a pipeline is composed of parts and leaves nothing to resolve. */
function resolutionsOf({ recipe }: StrategyRevisionEntity): Warning[] {
  if (recipe.kind !== 'substrategies') return [];
  return resolveSubstrategies((recipe.document as SubstrategiesDocument).substrategies).warnings;
}

/**
 * Wire form of a strategy; `status` is that of the newest revision, or archived. `warnings` are those of the stored document unless an
 * import has more to say about the one that was sent.
 */
export function strategyView(
  { strategy: s, revision }: StrategyWithRevision,
  warnings: Warning[] = resolutionsOf(revision),
): StrategyDto {
  return {
    id: s.id,
    name: s.name,
    description: s.description,
    kind: s.kind,
    universe: s.universe,
    source: s.source,
    timeframe: s.timeframe,
    feature_ids: s.featureIds,
    model_id: s.modelId,
    signal_logic_id: s.signalLogicId,
    pipeline_config: s.pipelineConfig,
    status: s.archivedAt ? 'archived' : revision.status,
    revision: s.revision,
    promoted_revision: s.promotedRevision,
    config_hash: revision.configHash,
    validated_under: revision.validatedUnder,
    version: s.version,
    lineage_id: s.lineageId,
    cloned_from: s.clonedFrom,
    warnings,
    archived_at: s.archivedAt?.toISOString() ?? null,
    created_at: s.createdAt.toISOString(),
    updated_at: s.updatedAt.toISOString(),
  };
}

export function revisionView(r: StrategyRevisionEntity): StrategyRevisionDto {
  return {
    strategy_id: r.strategyId,
    revision: r.revision,
    config_hash: r.configHash,
    status: r.status,
    recipe: r.recipe,
    source: r.source,
    artifact: r.artifact,
    history_anchor: r.historyAnchor,
    validated_under: r.validatedUnder,
    created_at: r.createdAt.toISOString(),
  };
}
