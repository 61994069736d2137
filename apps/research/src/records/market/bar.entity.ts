import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One closed bar on raw prices; `extra` follows the series' `extra_columns`. */
@Entity({ schema: 'market', name: 'bar' })
export class BarEntity {
  @PrimaryColumn('uuid', { name: 'series_id', primaryKeyConstraintName: 'bar_pkey' }) seriesId: string;
  @PrimaryColumn('timestamptz', { name: 'open_time', primaryKeyConstraintName: 'bar_pkey' }) openTime: Date;
  @Column('double precision') open: number;
  @Column('double precision') high: number;
  @Column('double precision') low: number;
  @Column('double precision') close: number;
  @Column('double precision') volume: number;
  /** Adjusted close / close. */
  @Column('double precision', { name: 'adj_factor' }) adjFactor: number;
  @Column('double precision', { array: true }) extra: number[];
}
