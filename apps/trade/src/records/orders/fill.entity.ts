import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { OrderEntity } from './order.entity';

/** One execution, counted once by the venue fill id. */
@Entity({ schema: 'trade', name: 'fill' })
@Index('fill_once', ['accountId', 'venueFillId'], { unique: true })
@Index('fill_deployment', ['deploymentId', 'filledAt'])
@Index('fill_order_id', ['orderId'])
export class FillEntity {
  @PrimaryColumn({ name: 'fill_id', type: 'uuid' })
  fillId: string;

  @ForeignKey(() => OrderEntity, { name: 'fill_order' })
  @Column({ name: 'order_id', type: 'uuid' })
  orderId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'venue_fill_id', type: 'text' })
  venueFillId: string;

  @Column({ name: 'side', type: 'text' })
  side: 'BUY' | 'SELL';

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'price', type: 'numeric' })
  price: string;

  @Column({ name: 'fee', type: 'numeric' })
  fee: string;

  @Column({ name: 'filled_at', type: 'timestamptz' })
  filledAt: Date;
}
