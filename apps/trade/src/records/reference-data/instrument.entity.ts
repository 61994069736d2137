import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Order rules of a symbol at a broker. */
@Entity({ schema: 'refdata', name: 'instrument' })
@Check('instrument_lot_positive', `lot > 0`)
export class InstrumentEntity {
  @PrimaryColumn({ name: 'broker', type: 'text' })
  broker: string;

  @PrimaryColumn({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'market', type: 'text' })
  market: string;

  @Column({ name: 'currency', type: 'text' })
  currency: string;

  @Column({ name: 'lot', type: 'numeric' })
  lot: string;

  @Column({ name: 'tick', type: 'numeric' })
  tick: string;

  @Column({ name: 'min_qty', type: 'numeric' })
  minQty: string;

  @Column({ name: 'min_notional', type: 'numeric' })
  minNotional: string;

  @Column({ name: 'shortable', type: 'boolean' })
  shortable: boolean;

  @Column({ name: 'updated_by', type: 'uuid' })
  updatedBy: string;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
