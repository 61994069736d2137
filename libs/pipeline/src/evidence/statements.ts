import type { JudgementStatement, PolicyName } from '@assay/contracts';
import { sectionHashes, trialMarks, type MadeRecord } from './evidence-record';
import type { SigningKeyPair } from './signature';

/** Who judged for whom, and when. */
export interface JudgedBy {
  ownerId: string;
  /** Policies that were passed. */
  passed: readonly PolicyName[];
  judgedAt: Date;
  key: Pick<SigningKeyPair, 'keyId'>;
}

/** What is signed of a judgement. */
export function judgementOf(
  { record, sha256 }: Pick<MadeRecord, 'record' | 'sha256'>,
  { ownerId, passed, judgedAt, key }: JudgedBy,
): JudgementStatement {
  const { strategy_id, revision, config_hash } = record.strategy;
  return {
    ...{ kind: 'assay.judgement', format_version: 1, record_sha256: sha256 },
    sections: sectionHashes(record),
    trials: trialMarks(record),
    ...{ strategy_id, revision, config_hash, owner_id: ownerId, passed: [...passed] },
    judged_at: judgedAt.toISOString(),
    runtime: `node ${process.versions.node} ${process.platform} ${process.arch}`,
    key_id: key.keyId,
  };
}
