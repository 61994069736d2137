import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Report of a run that placed nothing. */
@Entity({ schema: 'trade', name: 'dry_run' })
@Index('dry_run_deployment', ['deploymentId', 'createdAt'])
export class DryRunEntity {
  @PrimaryColumn({ name: 'dry_run_id', type: 'uuid' })
  dryRunId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'passed', type: 'boolean' })
  passed: boolean;

  @Column({ name: 'report', type: 'jsonb' })
  report: unknown;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
