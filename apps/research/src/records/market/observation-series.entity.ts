import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One external series, such as a macro figure or one of a company's reports; read and written by `ObservationStore`. */
@Entity({ schema: 'market', name: 'observation_series' })
@Unique('observation_series_key', ['source', 'symbol', 'name'])
@Index('observation_series_name_idx', ['name'])
export class ObservationSeriesEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'observation_series_pkey' }) id: string;
  @Column('text') source: string;
  /** Empty where it is about no symbol. */
  @Column('text') symbol: string;
  @Column('text') name: string;
  @Column('integer', { name: 'observation_count' }) observationCount: number;
  @Column('timestamptz', { name: 'first_event_time', nullable: true }) firstEventTime: Date | null;
  @Column('timestamptz', { name: 'last_event_time', nullable: true }) lastEventTime: Date | null;
  @Column('timestamptz', { name: 'last_available_at', nullable: true }) lastAvailableAt: Date | null;
  @Column('text', { nullable: true }) fingerprint: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** When what was known at an earlier time was last changed. */
  @Column('timestamptz', { name: 'corrected_at', nullable: true }) correctedAt: Date | null;
}
