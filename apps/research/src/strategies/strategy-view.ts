import type { Warning } from '@assay/contracts';
import type { StrategyDto, StrategyRevisionDto } from './strategy.dto';
import type { StrategyRevisionEntity } from './strategy-revision.entity';
import type { StrategyWithRevision } from './strategy.store';

/** Wire form of a strategy; `status` is that of the newest revision, or archived. */
export function strategyView({ strategy: s, revision }: StrategyWithRevision, warnings: Warning[] = []): StrategyDto {
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
    artifact: r.artifact,
    history_anchor: r.historyAnchor,
    validated_under: r.validatedUnder,
    created_at: r.createdAt.toISOString(),
  };
}
