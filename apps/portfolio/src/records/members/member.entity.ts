import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A promoted strategy as the portfolio sees it; `active` ends with its demotion. */
@Entity({ schema: 'portfolio', name: 'member' })
@Index('member_owner_idx', ['ownerId', 'active'])
export class MemberEntity {
  @PrimaryColumn({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'integer' })
  revision: number;

  @Column({ name: 'config_hash', type: 'text' })
  configHash: string;

  @Column({ type: 'text' })
  policy: string;

  @Column({ name: 'paper_only', type: 'boolean' })
  paperOnly: boolean;

  @Column({ type: 'text', array: true })
  symbols: string[];

  @Column({ name: 'expected_return', type: 'double precision', nullable: true })
  expectedReturn: number | null;

  @Column({ type: 'double precision', nullable: true })
  sharpe: number | null;

  @Column({ name: 'max_drawdown', type: 'double precision', nullable: true })
  maxDrawdown: number | null;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ name: 'promoted_at', type: 'timestamptz' })
  promotedAt: Date;

  @Column({ name: 'demoted_at', type: 'timestamptz', nullable: true })
  demotedAt: Date | null;
}
