import type { EvidenceEntity } from '../records/strategies/evidence.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { ResultDto } from './result.response';
import type { AttestedDto, EvidenceDto, StrategyDetailDto, StrategyDto } from './strategy.response';

/** The stored document, with what the service knows about it. `version` is the revision, `row_version` the lock. */
export function strategyAnswer(row: StrategyEntity): StrategyDto {
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
  };
}

/** The same, with the newest results and the evidence it carries. */
export const strategyDetail = (
  row: StrategyEntity,
  latestResults: ResultDto | null,
  evidence: readonly EvidenceEntity[],
): StrategyDetailDto => ({
  ...strategyAnswer(row),
  attested: attestedOf(evidence.find((one) => one.demotedAt === null) ?? evidence[0]),
  latest_results: latestResults,
  evidence: evidence.map(evidenceAnswer),
});

function attestedOf(evidence: EvidenceEntity | undefined): AttestedDto | null {
  if (!evidence?.attestation) return null;
  const { statement, signature } = evidence.attestation;
  return {
    key_id: signature.key_id,
    at: statement.promoted_at,
    evidence_id: statement.evidence_id,
    record_sha256: statement.record_sha256,
  };
}

const evidenceAnswer = (row: EvidenceEntity): EvidenceDto => ({
  ...row.evidence,
  received_at: row.receivedAt.toISOString(),
  demoted_at: row.demotedAt?.toISOString() ?? null,
  demote_reason: row.demoteReason,
});
