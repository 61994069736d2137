import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StrategyDocument, Warning } from '@assay/contracts';

/** One revision of a Strategy JSON; `version` is the row lock of the strategy and is carried from revision to revision. */
@Entity({ schema: 'bt', name: 'strategy' })
@Check('strategy_origin_known', `origin IN ('api', 'research')`)
@Index('strategy_one_current', ['strategyId'], { unique: true, where: `is_current` })
@Index('strategy_owner', ['ownerId', 'createdAt'])
export class StrategyEntity {
  @PrimaryColumn({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @PrimaryColumn({ name: 'revision', type: 'integer' })
  revision: number;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'name', type: 'text' })
  name: string;

  @Column({ name: 'ticker', type: 'text' })
  ticker: string;

  @Column({ name: 'kind', type: 'text' })
  kind: string;

  @Column({ name: 'conjunction', type: 'text', nullable: true })
  conjunction: string | null;

  @Column({ name: 'trading_period', type: 'integer' })
  tradingPeriod: number;

  @Column({ name: 'timeframe', type: 'text' })
  timeframe: string;

  @Column({ name: 'config_json', type: 'jsonb' })
  configJson: StrategyDocument;

  @Column({ name: 'config_hash', type: 'text' })
  configHash: string;

  @Column({ name: 'warnings', type: 'jsonb' })
  warnings: Warning[];

  @Column({ name: 'origin', type: 'text' })
  origin: 'api' | 'research';

  @Column({ name: 'artifact_sha256', type: 'text', nullable: true })
  artifactSha256: string | null;

  @Column({ name: 'is_current', type: 'boolean' })
  isCurrent: boolean;

  @Column({ name: 'active', type: 'boolean' })
  active: boolean;

  @Column({ name: 'version', type: 'integer' })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
