import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A flatten that stays in force until the orders that were on their way when it was asked for are settled. */
@Entity({ schema: 'trade', name: 'flatten_request' })
export class FlattenRequestEntity {
  @PrimaryColumn({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  /** Trigger key of every close that follows from the request, so that their client order ids follow from it too. */
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;

  /** Intents that were sent, and not settled, when it was asked for. */
  @Column({ name: 'awaits', type: 'uuid', array: true })
  awaits: string[];

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt: Date;
}
