import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Holds a deployment flat after a stop loss until the target changes. */
@Entity({ schema: 'trade', name: 'stop_latch' })
export class StopLatchEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'latched_signal', type: 'integer' })
  latchedSignal: number;

  @Column({ name: 'price', type: 'numeric' })
  price: string;

  @Column({ name: 'loss_pct', type: 'numeric' })
  lossPct: string;

  @Column({ name: 'latched_at', type: 'timestamptz' })
  latchedAt: Date;
}
