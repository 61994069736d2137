import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type {
  DeploymentDocument,
  DeploymentStatus,
  HistoryAnchor,
  RiskLimits,
  Schedule,
  SyncState,
  Timeframe,
  Warning,
} from '@assay/contracts';

/** A strategy revision bound to one ticker at one account. */
@Entity({ schema: 'trade', name: 'deployment' })
@Check('deployment_status_known', `status IN ('created', 'active', 'paused', 'stopped')`)
@Check('deployment_sync_known', `sync IN ('in_sync', 'drifted', 'frozen')`)
@Check('deployment_sized', `qty IS NOT NULL OR capital IS NOT NULL`)
@Index('deployment_owner', ['ownerId', 'createdAt'])
@Index('deployment_strategy', ['strategyId'])
@Index('deployment_account', ['accountId'])
@Index('deployment_due', ['nextRunAt'], { where: `status IN ('active', 'paused')` })
export class DeploymentEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @Column({ name: 'strategy_revision', type: 'integer' })
  strategyRevision: number;

  @Column({ name: 'config_hash', type: 'text' })
  configHash: string;

  @Column({ name: 'artifact_sha256', type: 'text', nullable: true })
  artifactSha256: string | null;

  @Column({ name: 'evidence_id', type: 'uuid', nullable: true })
  evidenceId: string | null;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'portfolio', type: 'text', nullable: true })
  portfolio: string | null;

  @Column({ name: 'user_label', type: 'text', nullable: true })
  userLabel: string | null;

  @Column({ name: 'broker', type: 'text' })
  broker: string;

  @Column({ name: 'ticker', type: 'text' })
  ticker: string;

  @Column({ name: 'data_symbol', type: 'text' })
  dataSymbol: string;

  @Column({ name: 'data_source', type: 'text', nullable: true })
  dataSource: string | null;

  @Column({ name: 'adjustment', type: 'text' })
  adjustment: HistoryAnchor['adjustment'];

  @Column({ name: 'first_bar', type: 'timestamptz', nullable: true })
  firstBar: Date | null;

  @Column({ name: 'timeframe', type: 'text' })
  timeframe: Timeframe;

  @Column({ name: 'qty', type: 'numeric', nullable: true })
  qty: string | null;

  @Column({ name: 'capital', type: 'numeric', nullable: true })
  capital: string | null;

  @Column({ name: 'paper', type: 'boolean' })
  paper: boolean;

  @Column({ name: 'market', type: 'text' })
  market: string;

  @Column({ name: 'schedule', type: 'jsonb' })
  schedule: Schedule;

  @Column({ name: 'status', type: 'text' })
  status: DeploymentStatus;

  @Column({ name: 'enabled', type: 'boolean' })
  enabled: boolean;

  @Column({ name: 'sync', type: 'text' })
  sync: SyncState;

  @Column({ name: 'sync_reason', type: 'text', nullable: true })
  syncReason: string | null;

  @Column({ name: 'risk_limits', type: 'jsonb' })
  riskLimits: RiskLimits;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'join_rule', type: 'text' })
  joinRule: 'now' | 'next_entry';

  /** False while `next_entry` still waits for its first entry. */
  @Column({ name: 'joined', type: 'boolean' })
  joined: boolean;

  @Column({ name: 'rebalance_band', type: 'numeric' })
  rebalanceBand: string;

  @Column({ name: 'warnings', type: 'jsonb' })
  warnings: Warning[];

  @Column({ name: 'document', type: 'jsonb' })
  document: DeploymentDocument;

  @Column({ name: 'next_run_at', type: 'timestamptz', nullable: true })
  nextRunAt: Date | null;

  @Column({ name: 'version', type: 'integer' })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
