import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { TradingState } from '@assay/contracts';
import type { AccountLimitsDocument } from './account-limits';

/** One account at a broker; `purpose` replay accounts belong to one deployment. */
@Entity({ schema: 'trade', name: 'account' })
@Check('account_trading_state_known', `trading_state IN ('ACTIVE', 'REDUCING', 'HALTED')`)
@Check('account_purpose_known', `purpose IN ('trading', 'replay')`)
@Index('account_owner', ['ownerId', 'broker', 'paper'])
export class AccountEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'name', type: 'text' })
  name: string;

  @Column({ name: 'broker', type: 'text' })
  broker: string;

  @Column({ name: 'paper', type: 'boolean' })
  paper: boolean;

  @Column({ name: 'purpose', type: 'text' })
  purpose: 'trading' | 'replay';

  @Column({ name: 'currency', type: 'text' })
  currency: string;

  @Column({ name: 'can_short', type: 'boolean' })
  canShort: boolean;

  @Column({ name: 'trading_state', type: 'text' })
  tradingState: TradingState;

  @Column({ name: 'trading_state_reason', type: 'text', nullable: true })
  tradingStateReason: string | null;

  @Column({ name: 'limits', type: 'jsonb' })
  limits: AccountLimitsDocument;

  @Column({ name: 'peak_equity', type: 'numeric', nullable: true })
  peakEquity: string | null;

  @Column({ name: 'version', type: 'integer' })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
