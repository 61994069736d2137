import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { SeriesEntity } from './series.entity';

/** The quality report on one content of a series, with the acknowledgements of its warnings. */
@Entity({ schema: 'market', name: 'quality' })
@Index('quality_newest_idx', ['seriesId', 'createdAt'])
@Unique('quality_content_key', ['seriesId', 'fingerprint'])
export class QualityEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quality_pkey' }) id: string;
  @Column('uuid', { name: 'series_id' }) seriesId: string;
  @ManyToOne(() => SeriesEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'series_id', foreignKeyConstraintName: 'quality_series_fkey' })
  series?: SeriesEntity;
  @Column('text') fingerprint: string;
  @Column('jsonb') errors: Record<string, unknown>[];
  @Column('jsonb') warnings: Record<string, unknown>[];
  @Column('jsonb') acknowledgements: Record<string, unknown>[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
