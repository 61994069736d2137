import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A challenge that a person must answer before live trading. */
@Entity({ schema: 'trade', name: 'confirmation' })
@Index('confirmation_deployment', ['deploymentId', 'createdAt'])
export class ConfirmationEntity {
  @PrimaryColumn({ name: 'confirmation_id', type: 'uuid' })
  confirmationId: string;

  @Column({ name: 'deployment_id', type: 'uuid' })
  deploymentId: string;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'challenge_sha256', type: 'text' })
  challengeSha256: string;

  @Column({ name: 'purpose', type: 'text' })
  purpose: 'activate' | 'change';

  @Column({ name: 'requested', type: 'jsonb' })
  requested: { version: number; set: Record<string, unknown> };

  @Column({ name: 'attempts', type: 'integer' })
  attempts: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;
}
