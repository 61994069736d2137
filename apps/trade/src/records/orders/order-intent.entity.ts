import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type IntentState = 'waiting' | 'sending' | 'working' | 'unknown' | 'done' | 'refused' | 'expired' | 'canceled';

/** The will to trade, committed before anything is sent. */
@Entity({ schema: 'trade', name: 'order_intent' })
@Check('intent_qty_positive', `qty > 0`)
@Check(
  'intent_state_known',
  `state IN ('waiting', 'sending', 'working', 'unknown', 'done', 'refused', 'expired', 'canceled')`,
)
@Index('intent_once', ['deploymentId', 'trigger', 'triggerKey', 'leg', 'attempt'], { unique: true })
@Index('intent_client_order', ['clientOrderId'], { unique: true })
@Index('intent_open', ['deploymentId', 'state'], { where: `state IN ('waiting', 'sending', 'working', 'unknown')` })
@Index('intent_account_symbol', ['accountId', 'symbol'])
@Index('intent_account_open', ['accountId'], { where: `state IN ('waiting', 'sending', 'working', 'unknown')` })
export class OrderIntentEntity {
  @PrimaryColumn({ name: 'intent_id', type: 'uuid' })
  intentId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'strategy_revision', type: 'integer' })
  strategyRevision: number;

  @Column({ name: 'broker', type: 'text' })
  broker: string;

  @Column({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'trigger', type: 'text' })
  trigger: 'bar' | 'stop' | 'entry' | 'manual' | 'flatten';

  @Column({ name: 'trigger_key', type: 'text' })
  triggerKey: string;

  @Column({ name: 'leg', type: 'text' })
  leg: 'close' | 'open' | 'resize';

  @Column({ name: 'attempt', type: 'integer' })
  attempt: number;

  @Column({ name: 'intent_key', type: 'text' })
  intentKey: string;

  @Column({ name: 'client_order_id', type: 'text' })
  clientOrderId: string;

  @Column({ name: 'side', type: 'text' })
  side: 'BUY' | 'SELL';

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'reduce_only', type: 'boolean' })
  reduceOnly: boolean;

  @Column({ name: 'signal', type: 'numeric', nullable: true })
  signal: string | null;

  /** The price that it is never filled worse than; null: at the market. */
  @Column({ name: 'limit_price', type: 'numeric', nullable: true })
  limitPrice: string | null;

  @Column({ name: 'decision_price', type: 'numeric', nullable: true })
  decisionPrice: string | null;

  /** The log row of the decision that wants this order. */
  @Column({ name: 'log_id', type: 'uuid', nullable: true })
  logId: string | null;

  @Column({ name: 'state', type: 'text' })
  state: IntentState;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'depends_on', type: 'uuid', nullable: true })
  dependsOn: string | null;

  @Column({ name: 'send_after', type: 'timestamptz' })
  sendAfter: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
