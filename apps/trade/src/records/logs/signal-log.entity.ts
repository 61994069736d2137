import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SignalLogEntry } from '@assay/contracts';

/** What the evaluator said about one bar; float8 keeps every bit. */
@Entity({ schema: 'trade', name: 'signal_log' })
export class SignalLogEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @PrimaryColumn({ name: 'bar_time', type: 'timestamptz' })
  barTime: Date;

  @Column({ name: 'strategy_revision', type: 'integer' })
  strategyRevision: number;

  @Column({ name: 'evaluated_at', type: 'timestamptz' })
  evaluatedAt: Date;

  @Column({ name: 'feature_names', type: 'text', array: true })
  featureNames: string[];

  @Column({ name: 'feature_values', type: 'float8', array: true })
  featureValues: number[];

  @Column({ name: 'prediction', type: 'float8' })
  prediction: number;

  @Column({ name: 'signal', type: 'float8' })
  signal: number;

  @Column({ name: 'weight', type: 'float8' })
  weight: number;

  @Column({ name: 'decision', type: 'text' })
  decision: SignalLogEntry['decision'];

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason: string | null;
}
