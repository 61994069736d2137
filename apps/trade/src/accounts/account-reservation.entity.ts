import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Exposure that an open intent has taken from its account. */
@Entity({ schema: 'trade', name: 'account_reservation' })
@Index('reservation_account', ['accountId', 'reservedAt'])
export class AccountReservationEntity {
  @PrimaryColumn({ name: 'intent_id', type: 'uuid' })
  intentId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'signed_notional', type: 'numeric' })
  signedNotional: string;

  @Column({ name: 'reserved_at', type: 'timestamptz' })
  reservedAt: Date;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt: Date | null;
}
