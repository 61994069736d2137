import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One piece of news, named by the hash of its content; read and written by `NewsStore`. */
@Entity({ schema: 'market', name: 'news' })
@Check('news_available_check', 'available_at >= published_at')
@Index('news_published_idx', ['publishedAt', 'id'])
@Index('news_symbols_idx', { synchronize: false })
export class NewsEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'news_pkey' }) id: string;
  @Column('text') source: string;
  @Column('text', { array: true }) symbols: string[];
  @Column('text') headline: string;
  @Column('text', { nullable: true }) summary: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('timestamptz', { name: 'published_at' }) publishedAt: Date;
  /** Since when it is known as it stands. */
  @Column('timestamptz', { name: 'available_at' }) availableAt: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
