import type { ProtectiveLevels } from '@assay/quant';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Streaming state after `last_bar`; `last_close` is the price basis it was fed on. */
@Entity({ schema: 'trade', name: 'evaluator_state' })
export class EvaluatorStateEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'config_hash', type: 'text' })
  configHash: string;

  @Column({ name: 'artifact_sha256', type: 'text', nullable: true })
  artifactSha256: string | null;

  @Column({ name: 'bars', type: 'integer' })
  bars: number;

  @Column({ name: 'first_bar', type: 'timestamptz' })
  firstBar: Date;

  @Column({ name: 'last_bar', type: 'timestamptz' })
  lastBar: Date;

  @Column({ name: 'last_close', type: 'float8' })
  lastClose: number;

  /** Target that stood when the deployment began; `next_entry` waits for another one. */
  @Column({ name: 'signal_at_start', type: 'integer' })
  signalAtStart: number;

  @Column({ name: 'state', type: 'text' })
  state: string;

  /** Stop and target of the strategy in force after `last_bar`, on the venue's basis of then; null: none. */
  @Column({ name: 'levels', type: 'jsonb', nullable: true })
  levels: ProtectiveLevels | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
