import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const RUN_STATES = ['waiting_for_bars', 'done', 'caught_up', 'missed'] as const;
/** `caught_up`: evaluated after a newer bar had closed, without an order; `missed`: never evaluated. */
export type RunState = (typeof RUN_STATES)[number];

/** The truth of scheduling: one row per deployment and bar close. */
@Entity({ schema: 'trade', name: 'run' })
@Check('run_state_known', `state IN ('waiting_for_bars', 'done', 'caught_up', 'missed')`)
@Index('run_once_per_bar', ['deploymentId', 'barCloseTime'], { unique: true })
export class RunEntity {
  @PrimaryColumn({ name: 'run_id', type: 'uuid' })
  runId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'bar_close_time', type: 'timestamptz' })
  barCloseTime: Date;

  @Column({ name: 'trigger', type: 'text' })
  trigger: 'bar' | 'manual';

  @Column({ name: 'state', type: 'text' })
  state: RunState;

  @Column({ name: 'outcome', type: 'text', nullable: true })
  outcome: string | null;

  /** Why it waits, or why nothing was decided on its bar. */
  @Column({ name: 'reason', type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
