import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Open times that many trials have in common, kept once. */
@Entity({ schema: 'research', name: 'trial_axis' })
export class TrialAxisEntity {
  /** Of the times as 64-bit patterns, little endian. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'trial_axis_pkey' }) sha256: string;
  @Column('integer') bars: number;
  @Column('bytea', { name: 'open_times' }) openTimes: Buffer;
}
