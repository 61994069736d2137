import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { OrderState, RejectCode } from '@assay/contracts';
import { OrderIntentEntity } from './order-intent.entity';

/** One order as we last knew it at the venue. */
@Entity({ schema: 'trade', name: 'orders' })
@Check(
  'orders_state_known',
  `state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED', 'UNKNOWN')`,
)
@Index('orders_client_order', ['clientOrderId'], { unique: true })
@Index('orders_one_per_intent', ['intentId'], { unique: true })
@Index('orders_deployment', ['deploymentId', 'sentAt'])
@Index('orders_open', ['accountId', 'symbol'], {
  where: `state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')`,
})
export class OrderEntity {
  @PrimaryColumn({ name: 'order_id', type: 'uuid' })
  orderId: string;

  @ForeignKey(() => OrderIntentEntity, { name: 'orders_intent' })
  @Column({ name: 'intent_id', type: 'uuid' })
  intentId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'client_order_id', type: 'text' })
  clientOrderId: string;

  @Column({ name: 'venue_order_id', type: 'text', nullable: true })
  venueOrderId: string | null;

  @Column({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'side', type: 'text' })
  side: 'BUY' | 'SELL';

  @Column({ name: 'order_type', type: 'text' })
  orderType: 'MARKET' | 'LIMIT';

  @Column({ name: 'limit_price', type: 'numeric', nullable: true })
  limitPrice: string | null;

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'reduce_only', type: 'boolean' })
  reduceOnly: boolean;

  @Column({ name: 'state', type: 'text' })
  state: OrderState;

  @Column({ name: 'filled_qty', type: 'numeric' })
  filledQty: string;

  @Column({ name: 'average_price', type: 'numeric', nullable: true })
  averagePrice: string | null;

  @Column({ name: 'reject_code', type: 'text', nullable: true })
  rejectCode: RejectCode | null;

  @Column({ name: 'message', type: 'text', nullable: true })
  message: string | null;

  /** The newest right to send this order; whoever holds an older one neither sends nor says what became of it. */
  @Column({ name: 'send_token', type: 'integer' })
  sendToken: number;

  /** When somebody last took the right to put it on the wire, by the database's clock; null while nobody ever has. */
  @Column({ name: 'send_started_at', type: 'timestamptz', nullable: true })
  sendStartedAt: Date | null;

  @Column({ name: 'sent_at', type: 'timestamptz' })
  sentAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
