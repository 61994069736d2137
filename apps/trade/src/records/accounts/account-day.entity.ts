import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Equity at the start of a trading day, the base of the daily loss limit. */
@Entity({ schema: 'trade', name: 'account_day' })
export class AccountDayEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @PrimaryColumn({ name: 'trading_day', type: 'date' })
  tradingDay: string;

  @Column({ name: 'start_equity', type: 'numeric' })
  startEquity: string;
}
