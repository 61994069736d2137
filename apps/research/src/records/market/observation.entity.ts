import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ObservationSeriesEntity } from './observation-series.entity';

/** A value of an external series: what it is about, and since when it is known. Revisions are rows of their own. */
@Entity({ schema: 'market', name: 'observation' })
export class ObservationEntity {
  @PrimaryColumn('uuid', { name: 'series_id', primaryKeyConstraintName: 'observation_pkey' }) seriesId: string;
  @ManyToOne(() => ObservationSeriesEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'series_id', foreignKeyConstraintName: 'observation_series_fkey' })
  series?: ObservationSeriesEntity;
  @PrimaryColumn('timestamptz', { name: 'event_time', primaryKeyConstraintName: 'observation_pkey' }) eventTime: Date;
  @PrimaryColumn('timestamptz', { name: 'available_at', primaryKeyConstraintName: 'observation_pkey' })
  availableAt: Date;
  @Column('double precision') value: number;
}
