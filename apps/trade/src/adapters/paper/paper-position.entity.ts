import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A position as the paper venue knows it. */
@Entity({ schema: 'paper', name: 'position' })
export class PaperPositionEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @PrimaryColumn({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'average_price', type: 'numeric', nullable: true })
  averagePrice: string | null;
}
