import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Data symbol to broker symbol. */
@Entity({ schema: 'refdata', name: 'ticker_mapping' })
@Index('ticker_mapping_once', ['dataTicker', 'broker', 'market'], { unique: true })
@Index('ticker_mapping_broker', ['broker', 'brokerTicker'])
export class TickerMappingEntity {
  @PrimaryColumn({ name: 'ticker_mapping_id', type: 'uuid' })
  tickerMappingId: string;

  @Column({ name: 'data_ticker', type: 'text' })
  dataTicker: string;

  @Column({ name: 'broker', type: 'text' })
  broker: string;

  @Column({ name: 'broker_ticker', type: 'text' })
  brokerTicker: string;

  @Column({ name: 'market', type: 'text' })
  market: string;

  @Column({ name: 'created_by', type: 'uuid' })
  createdBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
