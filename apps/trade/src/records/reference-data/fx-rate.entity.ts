import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** US dollars per unit of a currency on a day. */
@Entity({ schema: 'refdata', name: 'fx_rate' })
@Check('fx_rate_positive', `usd_per_unit > 0`)
export class FxRateEntity {
  @PrimaryColumn({ name: 'currency', type: 'text' })
  currency: string;

  @PrimaryColumn({ name: 'as_of', type: 'date' })
  asOf: string;

  @Column({ name: 'usd_per_unit', type: 'numeric' })
  usdPerUnit: string;

  @Column({ name: 'created_by', type: 'uuid' })
  createdBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
