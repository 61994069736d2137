import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OrderState, RejectCode } from '@assay/contracts';

/** An order in the book of the paper venue. */
@Entity({ schema: 'paper', name: 'order' })
@Index('paper_order_client', ['accountId', 'clientOrderId'], { unique: true })
@Index('paper_order_open', ['accountId'], { where: `state IN ('ACCEPTED', 'PARTIALLY_FILLED')` })
export class PaperOrderEntity {
  @PrimaryColumn({ name: 'paper_order_id', type: 'uuid' })
  paperOrderId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'client_order_id', type: 'text' })
  clientOrderId: string;

  @Column({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'side', type: 'text' })
  side: 'BUY' | 'SELL';

  @Column({ name: 'order_type', type: 'text' })
  orderType: 'MARKET' | 'LIMIT';

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'limit_price', type: 'numeric', nullable: true })
  limitPrice: string | null;

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

  /** Taken off the account's available cash while the order is open. */
  @Column({ name: 'cash_hold', type: 'numeric' })
  cashHold: string;

  @Column({ name: 'accepted_at', type: 'timestamptz' })
  acceptedAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
