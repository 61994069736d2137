import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who did what that matters for access, money, what trades or what judgements rest on: keys, users, deployments, accounts, promotions, declared trials. Rows are only ever added. */
@Entity({ schema: 'ops', name: 'audit' })
@Index('audit_at_idx', ['at'])
export class AuditEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at: Date;

  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'jsonb', nullable: true })
  facts: unknown;
}
