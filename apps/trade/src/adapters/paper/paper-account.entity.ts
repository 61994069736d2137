import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Cash as the paper venue knows it. */
@Entity({ schema: 'paper', name: 'account' })
export class PaperAccountEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'currency', type: 'text' })
  currency: string;

  @Column({ name: 'initial_cash', type: 'numeric' })
  initialCash: string;

  @Column({ name: 'cash', type: 'numeric' })
  cash: string;

  /** Charged on the notional of every fill. */
  @Column({ name: 'fee_bps', type: 'numeric' })
  feeBps: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
