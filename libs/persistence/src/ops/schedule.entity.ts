import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A recurring job. `next_at` is the truth about what is due; the queue's scheduler only wakes a worker at that time. */
@Entity({ schema: 'ops', name: 'schedule' })
@Index('schedule_due_idx', ['service', 'nextAt'])
export class ScheduleEntity {
  @PrimaryColumn({ type: 'text' })
  service: string;

  @PrimaryColumn({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'owner_id', type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ name: 'subject_id', type: 'uuid', nullable: true })
  subjectId: string | null;

  @Column({ type: 'jsonb' })
  payload: unknown;

  @Column({ type: 'text', nullable: true })
  cron: string | null;

  /** IANA zone of `cron`. */
  @Column({ type: 'text', nullable: true })
  tz: string | null;

  @Column({ name: 'every_ms', type: 'integer', nullable: true })
  everyMs: number | null;

  @Column({ name: 'next_at', type: 'timestamptz' })
  nextAt: Date;

  @Column({ name: 'last_at', type: 'timestamptz', nullable: true })
  lastAt: Date | null;
}
