import type { EvidenceEntity } from '../records/strategies/evidence.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';

/** The stored document, with what the service knows about it. `version` is the revision, `row_version` the lock. */
export function strategyAnswer(
  row: StrategyEntity,
  more?: { latestResults: object | null; evidence: EvidenceEntity[] },
): Record<string, unknown> {
  return {
    ...row.configJson,
    version: row.revision,
    revision: row.revision,
    row_version: row.version,
    config_hash: row.configHash,
    artifact_sha256: row.artifactSha256,
    origin: row.origin,
    is_current: row.isCurrent,
    active: row.active,
    warnings: row.warnings,
    created_at: row.configJson.created_at ?? row.createdAt.toISOString(),
    registered_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    ...(more && {
      latest_results: more.latestResults,
      evidence: more.evidence.map((item) => ({
        ...item.evidence,
        received_at: item.receivedAt.toISOString(),
        demoted_at: item.demotedAt?.toISOString() ?? null,
        demote_reason: item.demoteReason,
      })),
    }),
  };
}
