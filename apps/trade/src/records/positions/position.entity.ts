import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The position that the fills of one deployment make. */
@Entity({ schema: 'trade', name: 'position' })
@Index('position_account', ['accountId', 'symbol'])
export class PositionEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'qty', type: 'numeric' })
  qty: string;

  @Column({ name: 'average_price', type: 'numeric', nullable: true })
  averagePrice: string | null;

  /** The target last acted on, with the signed quantity aimed at; null before the first order. */
  @Column({ name: 'target_signal', type: 'integer', nullable: true })
  targetSignal: number | null;

  @Column({ name: 'target_qty', type: 'numeric', nullable: true })
  targetQty: string | null;

  @Column({ name: 'realised_pnl', type: 'numeric' })
  realisedPnl: string;

  @Column({ name: 'fees', type: 'numeric' })
  fees: string;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
