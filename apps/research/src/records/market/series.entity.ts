import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One series of bars of a symbol from one source; its bars are read and written in columns by `MarketStore`. */
@Entity({ schema: 'market', name: 'series' })
@Unique('series_key', ['source', 'symbol', 'timeframe'])
@Index('series_symbol_idx', ['symbol'])
export class SeriesEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'series_pkey' }) id: string;
  @Column('text') source: string;
  @Column('text') symbol: string;
  @Column('text') timeframe: string;
  @Column('text') market: string;
  /** Made up, and shown as such wherever it appears. */
  @Column('boolean') synthetic: boolean;
  /** Whether a stored bar has an adjustment other than 1. */
  @Column('boolean', { default: false }) adjusted: boolean;
  @Column('text', { name: 'extra_columns', array: true }) extraColumns: string[];
  @Column('integer', { name: 'bar_count' }) barCount: number;
  @Column('timestamptz', { name: 'first_open_time', nullable: true }) firstOpenTime: Date | null;
  @Column('timestamptz', { name: 'last_open_time', nullable: true }) lastOpenTime: Date | null;
  @Column('text', { nullable: true }) fingerprint: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** When stored bars were last changed, which is more than added to. */
  @Column('timestamptz', { name: 'corrected_at', nullable: true }) correctedAt: Date | null;
}
