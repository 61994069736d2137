import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The truth of scheduling: one row per deployment and bar close. */
@Entity({ schema: 'trade', name: 'run' })
@Check('run_state_known', `state IN ('waiting_for_bars', 'done')`)
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
  state: 'waiting_for_bars' | 'done';

  @Column({ name: 'outcome', type: 'text', nullable: true })
  outcome: string | null;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
