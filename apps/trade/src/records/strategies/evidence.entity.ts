import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PolicyName, PromotionEvidence, SignedPromotion } from '@assay/contracts';

/** What a promotion proved, and whether research took it back. */
@Entity({ schema: 'bt', name: 'evidence' })
@Index('evidence_strategy', ['strategyId', 'revision'])
export class EvidenceEntity {
  @PrimaryColumn({ name: 'evidence_id', type: 'uuid' })
  evidenceId: string;

  @Column({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @Column({ name: 'revision', type: 'integer' })
  revision: number;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'policy', type: 'text' })
  policy: PolicyName;

  @Column({ name: 'paper_only', type: 'boolean' })
  paperOnly: boolean;

  @Column({ name: 'config_hash', type: 'text' })
  configHash: string;

  @Column({ name: 'artifact_sha256', type: 'text', nullable: true })
  artifactSha256: string | null;

  @Column({ name: 'evidence', type: 'jsonb' })
  evidence: PromotionEvidence;

  /** What the installation signed of it; null for a promotion from before anything was signed. */
  @Column({ name: 'attestation', type: 'jsonb', nullable: true })
  attestation: SignedPromotion | null;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt: Date;

  @Column({ name: 'demoted_at', type: 'timestamptz', nullable: true })
  demotedAt: Date | null;

  @Column({ name: 'demote_reason', type: 'text', nullable: true })
  demoteReason: string | null;
}
