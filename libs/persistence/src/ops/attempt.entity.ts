import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often one address, key prefix or user name came with a wrong credential in the present minute, over all processes. */
@Entity({ schema: 'ops', name: 'attempt' })
@Index('attempt_window_start_idx', ['windowStart'])
export class AttemptEntity {
  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ name: 'window_start', type: 'timestamptz' })
  windowStart: Date;

  @Column({ type: 'integer' })
  count: number;
}
