import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One row per order message that reached the paper venue. */
@Entity({ schema: 'paper', name: 'send_call' })
@Index('send_call_client', ['accountId', 'clientOrderId'])
export class SendCallEntity {
  @PrimaryColumn({ name: 'send_call_id', type: 'uuid' })
  sendCallId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'client_order_id', type: 'text' })
  clientOrderId: string;

  @Column({ name: 'called_at', type: 'timestamptz' })
  calledAt: Date;

  @Column({ name: 'outcome', type: 'text' })
  outcome: string;
}
