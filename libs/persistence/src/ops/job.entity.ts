import type { JobState, Problem } from '@assay/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The truth about one piece of work; queue entries only wake the workers that claim it here. */
@Entity({ schema: 'ops', name: 'job' })
@Index('job_owner_idx', ['ownerId', 'id'])
@Index('job_open_idx', ['service', 'state'], { where: `state IN ('queued', 'running')` })
@Index('job_dedupe_key', ['service', 'kind', 'dedupeKey'], {
  unique: true,
  where: `dedupe_key IS NOT NULL AND state IN ('queued', 'running')`,
})
@Index('job_shard_key', ['parentId', 'shard'], { unique: true, where: `parent_id IS NOT NULL` })
@Check('job_shard_whole', `(parent_id IS NULL) = (shard IS NULL) AND (parent_id IS NULL) = (weight IS NULL)`)
export class JobEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  service: string;

  @Column({ type: 'text' })
  kind: string;

  /** Null: the platform's own work, shown to administrators only. */
  @Column({ name: 'owner_id', type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ name: 'subject_id', type: 'uuid', nullable: true })
  subjectId: string | null;

  /** What it is about, as that was named when the job was asked for. */
  @Column({ type: 'text', nullable: true })
  about: string | null;

  /** At most one open job of a kind per key. */
  @Column({ name: 'dedupe_key', type: 'text', nullable: true })
  dedupeKey: string | null;

  @Column({ type: 'text', default: 'queued' })
  state: JobState;

  @Column({ type: 'jsonb' })
  payload: unknown;

  @Column({ type: 'double precision', default: 0 })
  progress: number;

  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'jsonb', nullable: true })
  result: unknown;

  @Column({ type: 'jsonb', nullable: true })
  error: Problem | null;

  /** Runs since it was submitted or retried, however they ended. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ name: 'max_attempts', type: 'integer', default: 3 })
  maxAttempts: number;

  /** Grows with every claim and every retry and never falls: what belongs to an earlier execution can change nothing any more. */
  @Column({ type: 'integer', default: 0 })
  execution: number;

  /** Runs of the present phase that ended with an unexpected error; `maxAttempts` bounds them. A new phase begins with each wait for shards. */
  @Column({ type: 'integer', default: 0 })
  failures: number;

  /** Runs of the present phase that ended because a server was away; they have a limit of their own. */
  @Column({ type: 'integer', default: 0 })
  outages: number;

  /** Runs of the present phase in which the worker was lost; they have a limit of their own. */
  @Column({ type: 'integer', default: 0 })
  losses: number;

  /** Shard jobs started so far. While any is open the job is `running` and no worker holds it. */
  @Column({ type: 'integer', default: 0 })
  shards: number;

  /** The job that this one is a shard of. */
  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId: string | null;

  /** Position among the parent's shards, from 0. */
  @Column({ type: 'integer', nullable: true })
  shard: number | null;

  /** Fraction of the parent's progress that the shard stands for. */
  @Column({ type: 'double precision', nullable: true })
  weight: number | null;

  @Column({ name: 'cancel_requested', type: 'boolean', default: false })
  cancelRequested: boolean;

  @Column({ name: 'claimed_by', type: 'text', nullable: true })
  claimedBy: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;

  /** Not before this time: set by a retry's back-off. */
  @Column({ name: 'run_after', type: 'timestamptz', default: () => 'now()' })
  runAfter: Date;

  @Column({ name: 'correlation_id', type: 'text', nullable: true })
  correlationId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
