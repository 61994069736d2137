import type { PolicyName, PromotionEvidence, SignedPromotion, StrategyDocument } from '@assay/contracts';
import { isSignedBy, keyIdOf } from '@assay/pipeline';
import { canonicalJson, hashOf, sha256Hex } from '@assay/primitives';

/** A promotion as it was received, or as it is stored. */
export interface HeldPromotion {
  evidenceId: string;
  strategyId: string;
  ownerId: string;
  revision: number;
  configHash: string;
  artifactSha256: string | null;
  policy: PolicyName;
  paperOnly: boolean;
  evidence: PromotionEvidence;
  documents: readonly { symbol: string; document: StrategyDocument }[];
}

/** What is not as it was attested. */
export interface AttestationDifference {
  part: string;
  expected: unknown;
  found: unknown;
}

/** Hash of a document as it was attested: of its canonical JSON, whatever has stored it since. */
export const documentSha256 = (document: StrategyDocument): string => sha256Hex(canonicalJson(document));

/**
 * The first thing by which a promotion differs from what the installation signed of it; null for none.
 * @param publicKey PEM, the installation's own of the key that is named, never the one that the attestation brings; null: it has none such
 */
export function attestationDifference(
  { statement, signature }: SignedPromotion,
  publicKey: string | null,
  held: HeldPromotion,
): AttestationDifference | null {
  const { key_id: keyId } = signature;
  if (publicKey === null || keyIdOf(publicKey) !== keyId)
    return { part: 'key', expected: 'a key of this installation', found: keyId };
  if (!isSignedBy(statement, signature, publicKey))
    return { part: 'signature', expected: `one of ${keyId} over the statement`, found: signature.value };
  const parts: [part: string, expected: unknown, found: unknown][] = [
    ['key_id', statement.key_id, keyId],
    ['evidence_id', statement.evidence_id, held.evidenceId],
    ['strategy_id', statement.strategy_id, held.strategyId],
    ['owner_id', statement.owner_id ?? held.ownerId, held.ownerId],
    ['revision', statement.revision, held.revision],
    ['config_hash', statement.config_hash, held.configHash],
    ['artifact_sha256', statement.artifact_sha256, held.artifactSha256],
    ['policy', statement.policy, held.policy],
    ['paper_only', statement.paper_only, held.paperOnly],
    ['evidence', statement.evidence_sha256 ?? hashOf(held.evidence), hashOf(held.evidence)],
    ['promoted_at', statement.promoted_at, held.evidence.promoted_at],
    ['symbols', symbolsOf(statement.documents), symbolsOf(held.documents)],
  ];
  for (const { symbol, document } of held.documents) {
    const attested = statement.documents.find((one) => one.symbol === symbol)?.sha256 ?? null;
    const artifact = document.kind === 'pipeline' ? (document.artifact?.sha256 ?? null) : null;
    parts.push([`document of ${symbol}`, attested, documentSha256(document)]);
    parts.push([`model of ${symbol}`, statement.artifact_sha256, artifact]);
  }
  const [part, expected, found] = parts.find(([, attested, actual]) => attested !== actual) ?? [];
  return part === undefined ? null : { part, expected, found };
}

const symbolsOf = (documents: readonly { symbol: string }[]): string =>
  documents
    .map(({ symbol }) => symbol)
    .sort()
    .join(', ');
