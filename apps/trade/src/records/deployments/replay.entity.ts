import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Virtual clock of a deployment that runs over stored sessions. */
@Entity({ schema: 'trade', name: 'replay' })
@Check('replay_state_known', `state IN ('pending', 'running', 'completed', 'failed')`)
export class ReplayEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'state', type: 'text' })
  state: 'pending' | 'running' | 'completed' | 'failed';

  @Column({ name: 'start_date', type: 'date' })
  startDate: string;

  @Column({ name: 'end_date', type: 'date' })
  endDate: string;

  @Column({ name: 'sessions_total', type: 'integer' })
  sessionsTotal: number;

  @Column({ name: 'sessions_done', type: 'integer' })
  sessionsDone: number;

  @Column({ name: 'clock_at', type: 'timestamptz', nullable: true })
  clockAt: Date | null;

  @Column({ name: 'error', type: 'jsonb', nullable: true })
  error: { code: string; message: string } | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
