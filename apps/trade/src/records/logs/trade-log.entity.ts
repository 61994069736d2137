import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RiskCheckRecord, TradeLogEntry } from '@assay/contracts';

/** What was decided for a trigger, and why. */
@Entity({ schema: 'trade', name: 'log' })
@Check('log_action_known', `action IN ('BUY', 'SELL', 'HOLD', 'REJECTED')`)
@Index('log_deployment', ['deploymentId', 'timestamp'])
export class TradeLogEntity {
  @PrimaryColumn({ name: 'log_id', type: 'uuid' })
  logId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'run_id', type: 'uuid', nullable: true })
  runId: string | null;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'strategy_revision', type: 'integer' })
  strategyRevision: number;

  @Column({ name: 'timestamp', type: 'timestamptz' })
  timestamp: Date;

  @Column({ name: 'signal_value', type: 'numeric', nullable: true })
  signalValue: string | null;

  @Column({ name: 'action', type: 'text' })
  action: TradeLogEntry['action'];

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'price', type: 'numeric', nullable: true })
  price: string | null;

  @Column({ name: 'order_id', type: 'uuid', nullable: true })
  orderId: string | null;

  @Column({ name: 'success', type: 'boolean' })
  success: boolean;

  @Column({ name: 'reason_code', type: 'text' })
  reasonCode: string;

  @Column({ name: 'message', type: 'text' })
  message: string;

  @Column({ name: 'checks', type: 'jsonb' })
  checks: RiskCheckRecord[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
