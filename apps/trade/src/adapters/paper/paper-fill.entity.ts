import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An execution of the paper venue. */
@Entity({ schema: 'paper', name: 'fill' })
@Index('paper_fill_account', ['accountId', 'filledAt'])
export class PaperFillEntity {
  @PrimaryColumn({ name: 'fill_id', type: 'uuid' })
  fillId: string;

  @Column({ name: 'paper_order_id', type: 'uuid' })
  paperOrderId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'price', type: 'numeric' })
  price: string;

  @Column({ name: 'fee', type: 'numeric' })
  fee: string;

  @Column({ name: 'filled_at', type: 'timestamptz' })
  filledAt: Date;
}
