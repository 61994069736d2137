import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A code that signs a user in once: the row goes with its use. */
@Entity({ schema: 'ops', name: 'sign_in_code' })
@Index('sign_in_code_expires_at_idx', ['expiresAt'])
export class SignInCodeEntity {
  @PrimaryColumn({ name: 'code_hash', type: 'text' })
  codeHash: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  /** The key that asked for it: the session may do no more than that key, and ends with it. */
  @Column({ name: 'key_id', type: 'uuid', nullable: true })
  keyId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
