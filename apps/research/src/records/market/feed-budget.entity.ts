import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a host of a feed may be asked next, by whichever worker. */
@Entity({ schema: 'market', name: 'feed_budget' })
export class FeedBudgetEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'feed_budget_pkey' }) feed: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'feed_budget_pkey' }) host: string;
  @Column('timestamptz', { name: 'free_at' }) freeAt: Date;
}
